// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.test.Continuation;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;

/**
 * One scenario: a provider that fails, a healthy one, and a gateway before the two. All
 * settings are the defaults, divided by the scale where time matters.
 */
final class ComparisonScenario implements AutoCloseable {

	/** How much faster than the comparison, at least for times that pass in vain. */
	static final int SCALE = Integer.getInteger("fallback-ai.test.comparison.scale", 10);

	/** Sixty words, no two alike. */
	static final String ANSWER = Stream.iterate(1, (number) -> number + 1)
		.limit(60)
		.map((number) -> "word" + number)
		.collect(Collectors.joining(" "));

	/** A machine that is busy with other tests may stop for some seconds. */
	private static final Duration BUSY = (SCALE > 1) ? Duration.ofSeconds(20) : Duration.ZERO;

	private static final Duration TOKENS_EVERY = Duration.ofMillis(15);

	private final ProviderSimulator primary = ProviderSimulator.create().start();

	private final ProviderSimulator backup = ProviderSimulator.create().start();

	private final GatewayServer gateway;

	ComparisonScenario(Limit limit, Consumer<ProviderSimulator> failing) {
		for (ProviderSimulator simulator : List.of(this.primary, this.backup)) {
			simulator.answers((request) -> ANSWER);
			simulator.continuation(Continuation.FROM_START);
			simulator.always(healthy());
		}
		failing.accept(this.primary);
		this.gateway = GatewayServer.before(endpoint("primary", this.primary).limits(limit.limits)
			.breaker(BreakerSettings.builder()
				.recoveryTimeout(scaled(BreakerSettings.DEFAULTS.recoveryTimeout()))
				.maxRecoveryTimeout(scaled(BreakerSettings.DEFAULTS.maxRecoveryTimeout()))
				.build())
			.build(), endpoint("backup", this.backup).build());
	}

	private static EndpointBuilder endpoint(String name, ProviderSimulator simulator) {
		return Endpoint.named(name).url(URI.create(simulator.url())).model("model-" + name);
	}

	/** A healthy answer, at the pace of the comparison if times are not scaled. */
	static Outcome healthy() {
		return (SCALE > 1) ? Outcome.healthy() : Outcome.healthy().tokensEvery(TOKENS_EVERY);
	}

	static Duration scaled(Duration duration) {
		return duration.dividedBy(SCALE);
	}

	/** A limit of so many seconds of the comparison, and what a busy machine may add. */
	static Duration within(int seconds) {
		return scaled(Duration.ofSeconds(seconds)).plus(BUSY);
	}

	ProviderSimulator backup() {
		return this.backup;
	}

	ComparisonCall call(int mostSeconds) {
		return ComparisonCall.make(this.gateway, within(mostSeconds));
	}

	/** Whether a healthy provider is still served after all that. */
	boolean alive() {
		this.primary.always(healthy());
		this.backup.always(healthy());
		return call(10).answered(ANSWER);
	}

	List<RecordedRequest> atPrimary() {
		return this.primary.requests();
	}

	/** How many requests reached the primary within so many seconds of the first. */
	long atPrimaryWithin(double seconds) {
		List<RecordedRequest> requests = atPrimary();
		long end = requests.get(0).arrivedAtNanos() + (long) (seconds * 1_000_000_000);
		return requests.stream().filter((request) -> request.arrivedAtNanos() < end).count();
	}

	@Override
	public void close() {
		this.gateway.close();
		this.primary.close();
		this.backup.close();
	}

	/**
	 * Which limit of the failing endpoint passes in the scenario, and is scaled.
	 */
	enum Limit {

		NONE(AttemptLimits.DEFAULTS),

		FIRST_CONTENT(
				AttemptLimits.DEFAULTS.toBuilder().firstContent(scaled(AttemptLimits.DEFAULTS.firstContent())).build()),

		IDLE(AttemptLimits.DEFAULTS.toBuilder().idle(scaled(AttemptLimits.DEFAULTS.idle())).build());

		private final AttemptLimits limits;

		Limit(AttemptLimits limits) {
			this.limits = limits;
		}

	}

}
