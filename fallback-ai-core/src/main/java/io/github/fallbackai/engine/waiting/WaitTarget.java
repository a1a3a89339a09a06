// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.waiting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * What a call waits for when no endpoint is available: a moment, or a place at one of
 * several candidates.
 *
 * @param limit after how long it looks again in any case
 * @param places the candidates at which a place may become free
 */
public record WaitTarget(Duration limit, List<Candidate> places) {

	/** The wait for a probe under way, whose end is not known. */
	private static final Duration UNKNOWN = Duration.ofMillis(250);

	/**
	 * The wait for a place. The call is told of a free place, so this time is only a
	 * safety net.
	 */
	private static final Duration PLACE = Duration.ofMinutes(1);

	/** Calls that wait for the same moment do not all come back at the same time. */
	private static final double JITTER = 0.1;

	/**
	 * Finds out until when, or for which candidates, to wait.
	 * @param order the call's candidates
	 * @param skips why each of them may not be tried
	 * @param remaining the rest of the deadline in nanoseconds, more than 0
	 * @return the wait, which ends no later than that; {@code null} if waiting does not
	 * help or would take longer than the deadline
	 */
	public static @Nullable WaitTarget of(CandidateOrder order, List<Skip> skips, long remaining) {
		long soonest = Long.MAX_VALUE;
		List<Candidate> places = new ArrayList<>();
		for (Skip skip : skips) {
			Duration limit = limit(skip);
			if (limit != null) {
				soonest = Math.min(soonest, Nanos.of(limit));
			}
			if (skip.reason() == SkipReason.CONCURRENCY_LIMIT || skip.reason() == SkipReason.PROBE_IN_PROGRESS) {
				places.add(order.named(skip.endpoint()));
			}
		}
		if (places.isEmpty() && soonest >= remaining) {
			return null;
		}
		soonest = Math.min(soonest, remaining);
		long jitter = ThreadLocalRandom.current().nextLong((long) (soonest * JITTER) + 1);
		return new WaitTarget(Duration.ofNanos(Math.min(soonest + jitter, remaining)), places);
	}

	/** The same wait, which ends after a time at the latest. */
	public WaitTarget within(Duration longest) {
		return (this.limit.compareTo(longest) > 0) ? new WaitTarget(longest, this.places) : this;
	}

	private static @Nullable Duration limit(Skip skip) {
		return switch (skip.reason()) {
			case BREAKER_OPEN, COOLING_DOWN, DISABLED, SPEND_LIMIT_REACHED -> skip.remaining();
			case PROBE_IN_PROGRESS, PROBE_ELSEWHERE, AWAITING_PROBE ->
				(skip.remaining() != null) ? skip.remaining() : UNKNOWN;
			case CONCURRENCY_LIMIT -> PLACE;
			default -> null;
		};
	}

}
