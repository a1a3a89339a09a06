// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.observation.FallbackObservations.AttemptKeys;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Measures attempts over HTTP. It makes the meters that the OpenTelemetry conventions for
 * GenAI clients require beside the duration: {@code gen_ai.client.token.usage} in tokens,
 * and {@code gen_ai.client.operation.time_to_first_chunk}.
 */
public final class GenAiMeterObservationHandler implements ObservationHandler<AttemptObservationContext> {

	static final String TOKEN_USAGE = "gen_ai.client.token.usage";

	static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

	private final MeterRegistry registry;

	/**
	 * Creates the handler.
	 * @param registry where the meters are
	 */
	public GenAiMeterObservationHandler(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof AttemptObservationContext attempt && !attempt.isDelegated();
	}

	@Override
	public void onStop(AttemptObservationContext context) {
		Attempt attempt = context.getAttempt();
		if (attempt == null) {
			return;
		}
		Tags tags = tags(context);
		Usage usage = attempt.usage();
		if (usage != null) {
			tokens("input", usage.inputTokens(), tags);
			tokens("output", usage.outputTokens(), tags);
		}
		if (attempt.timeToFirstContent() != null) {
			Timer.builder(TIME_TO_FIRST_CHUNK)
				.description("Time from a request to the first thing that the model generated")
				.tags(tags)
				.register(this.registry)
				.record(attempt.timeToFirstContent());
		}
	}

	private void tokens(String type, long tokens, Tags tags) {
		DistributionSummary.builder(TOKEN_USAGE)
			.description("Tokens that providers reported")
			.baseUnit("token")
			.tags(tags.and("gen_ai.token.type", type))
			.register(this.registry)
			.record((double) tokens);
	}

	private static Tags tags(AttemptObservationContext context) {
		return Tags.of(context.getLowCardinalityKeyValues()
			.stream()
			.filter((tag) -> !tag.getKey().equals(AttemptKeys.ERROR_TYPE.asString())
					&& !tag.getKey().equals(AttemptKeys.OUTCOME.asString()))
			.map((tag) -> Tag.of(tag.getKey(), tag.getValue()))
			.toList());
	}

}
