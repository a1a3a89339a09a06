package io.github.fallbackai.engine.candidate;

import java.util.List;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells open endpoints that a call would have asked them, so that the right to probe them
 * is requested in time.
 */
public final class ProbeDemand {

	private ProbeDemand() {
	}

	/** Announces demand for every endpoint that was skipped because it is open. */
	public static void announce(CandidateOrder order, List<Skip> skips) {
		gates(order, skips, SkipReason.BREAKER_OPEN).forEach(EndpointGate::wanted);
		gates(order, skips, SkipReason.PROBE_ELSEWHERE).forEach(EndpointGate::wanted);
	}

	/**
	 * Waits until it is clear which endpoints this instance may probe.
	 * @return completes soon; {@code null} if there is nothing to wait for
	 */
	public static @Nullable Mono<Void> decision(CandidateOrder order, List<Skip> skips) {
		List<Mono<Void>> decisions = gates(order, skips, SkipReason.PROBE_ELSEWHERE).stream()
			.map(EndpointGate::probeDecision)
			.toList();
		return decisions.isEmpty() ? null : Mono.when(decisions);
	}

	private static List<EndpointGate> gates(CandidateOrder order, List<Skip> skips, SkipReason reason) {
		List<String> names = skips.stream().filter((skip) -> skip.reason() == reason).map(Skip::endpoint).toList();
		return names.isEmpty() ? List.of()
				: order.candidates()
					.stream()
					.filter((candidate) -> names.contains(candidate.name()))
					.map(Candidate::gate)
					.toList();
	}

}
