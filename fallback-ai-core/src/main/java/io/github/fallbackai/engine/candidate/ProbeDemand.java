// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells open endpoints that a call would have asked them, so that they are probed, or the
 * right to probe them is requested, in time.
 */
public final class ProbeDemand {

	private static final Set<SkipReason> PROBE_NEEDED = EnumSet.of(SkipReason.BREAKER_OPEN, SkipReason.AWAITING_PROBE,
			SkipReason.PROBE_IN_PROGRESS, SkipReason.PROBE_ELSEWHERE);

	private static final Set<SkipReason> PROBED_ELSEWHERE = EnumSet.of(SkipReason.PROBE_ELSEWHERE);

	private ProbeDemand() {
	}

	/**
	 * Announces demand for every endpoint that was skipped because it is open.
	 * @param order the call's candidates
	 * @param skips why some were passed over
	 * @param asked the candidate that is asked instead, {@code null} if there is none;
	 * those behind it were not wanted
	 */
	public static void announce(CandidateOrder order, List<Skip> skips, @Nullable Candidate asked) {
		Set<String> open = names(skips, PROBE_NEEDED);
		if (open.isEmpty()) {
			return;
		}
		for (Candidate candidate : order.candidates()) {
			if (candidate.equals(asked)) {
				return;
			}
			if (open.contains(candidate.name())) {
				candidate.gate().wanted();
			}
		}
	}

	/**
	 * Waits until it is clear which endpoints this instance may probe.
	 * @return completes soon; {@code null} if there is nothing to wait for
	 */
	public static @Nullable Mono<Void> decision(CandidateOrder order, List<Skip> skips) {
		Set<String> undecided = names(skips, PROBED_ELSEWHERE);
		if (undecided.isEmpty()) {
			return null;
		}
		return Mono.when(order.candidates()
			.stream()
			.filter((candidate) -> undecided.contains(candidate.name()))
			.map(Candidate::gate)
			.map(EndpointGate::probeDecision)
			.toList());
	}

	private static Set<String> names(List<Skip> skips, Set<SkipReason> reasons) {
		if (skips.isEmpty()) {
			return Set.of();
		}
		return skips.stream()
			.filter((skip) -> reasons.contains(skip.reason()))
			.map(Skip::endpoint)
			.collect(Collectors.toSet());
	}

}
