// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.observation.FallbackObservations.AttemptKeys;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Measures attempts over HTTP. It makes the meters that the OpenTelemetry conventions for
 * GenAI clients require beside the duration: {@code gen_ai.client.token.usage} in tokens,
 * and {@code gen_ai.client.operation.time_to_first_chunk}.
 */
public final class GenAiMeterObservationHandler implements ObservationHandler<AttemptObservationContext> {

	static final String TOKEN_USAGE = "gen_ai.client.token.usage";

	static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";

	private final MeterRegistry registry;

	/** By what tells attempts apart, which comes from bounded sets. */
	private final Map<KeyValues, Meters> known = new ConcurrentHashMap<>();

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
		Usage usage = attempt.usage();
		Duration firstContent = context.isGenerating() ? attempt.timeToFirstContent() : null;
		if (usage == null && firstContent == null) {
			return;
		}
		Meters meters = meters(context.getLowCardinalityKeyValues());
		if (usage != null) {
			meters.input().record((double) usage.inputTokens());
			if (context.isGenerating()) {
				meters.output().record((double) usage.outputTokens());
			}
		}
		if (firstContent != null) {
			meters.firstChunk().record(firstContent);
		}
	}

	private Meters meters(KeyValues values) {
		Meters meters = this.known.get(values);
		return (meters != null) ? meters
				: this.known.computeIfAbsent(values, (absent) -> new Meters(this.registry, tags(absent)));
	}

	private static Tags tags(KeyValues values) {
		return Tags.of(values.stream()
			.filter((tag) -> !tag.getKey().equals(AttemptKeys.ERROR_TYPE.asString())
					&& !tag.getKey().equals(AttemptKeys.OUTCOME.asString()))
			.map((tag) -> Tag.of(tag.getKey(), tag.getValue()))
			.toList());
	}

	/**
	 * Meters with the same tags. There is none before it measures something, and the
	 * registry makes each once.
	 */
	private static final class Meters {

		private final MeterRegistry registry;

		private final Tags tags;

		private volatile @Nullable DistributionSummary input;

		private volatile @Nullable DistributionSummary output;

		private volatile @Nullable Timer firstChunk;

		Meters(MeterRegistry registry, Tags tags) {
			this.registry = registry;
			this.tags = tags;
		}

		DistributionSummary input() {
			DistributionSummary known = this.input;
			if (known == null) {
				known = tokens("input");
				this.input = known;
			}
			return known;
		}

		DistributionSummary output() {
			DistributionSummary known = this.output;
			if (known == null) {
				known = tokens("output");
				this.output = known;
			}
			return known;
		}

		Timer firstChunk() {
			Timer known = this.firstChunk;
			if (known == null) {
				known = Timer.builder(TIME_TO_FIRST_CHUNK)
					.description("Time from a request to the first thing that the model generated")
					.tags(this.tags)
					.register(this.registry);
				this.firstChunk = known;
			}
			return known;
		}

		private DistributionSummary tokens(String type) {
			return DistributionSummary.builder(TOKEN_USAGE)
				.description("Tokens that providers reported")
				.baseUnit("token")
				.tags(this.tags.and("gen_ai.token.type", type))
				.register(this.registry);
		}

	}

}
