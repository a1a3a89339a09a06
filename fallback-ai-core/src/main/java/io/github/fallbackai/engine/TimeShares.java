// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.timing.AttemptBudget;
import io.github.fallbackai.engine.timing.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Shares what is left of a call's time among its attempts and pauses, so that time is
 * kept for the candidates that may follow.
 */
final class TimeShares {

	/** At most this part of the remaining time is kept for one later candidate. */
	private static final int RESERVE_SHARE = 3;

	private final CallState call;

	TimeShares(CallState call) {
		this.call = call;
	}

	/** How much time the attempt of a plan gets. */
	AttemptBudget budget(Plan.Ask plan) {
		Candidate candidate = plan.candidate();
		Delivery delivery = this.call.delivery();
		int rung = this.call.history().rung(candidate);
		long remaining = this.call.deadline().remainingNanos();
		long affordable = remaining - reserve(plan.followers(), rung + 1, remaining);
		Limit total = Limit.of(candidate.gate().totalLimit());
		if (!delivery.streams(candidate.endpoint(), this.call.request().request())) {
			return new AttemptBudget(Limit.NONE, Limit.NONE, Limit.NONE, total.shortenedTo(affordable),
					total.shortenedTo(affordable), Long.MAX_VALUE);
		}
		Limit firstContent = Limit.of(firstContentLimit(candidate, rung))
			.shortenedTo(nanosOrNever(this.call.request().request().options().firstContent()))
			.shortenedTo(affordable);
		Limit inOnePiece = Limit.NONE.shortenedTo(affordable);
		Limit idle = Limit.of(candidate.endpoint().limits().idle());
		if (delivery == Delivery.WHOLE) {
			return new AttemptBudget(firstContent, inOnePiece, idle, total.shortenedTo(remaining),
					total.shortenedTo(affordable), Long.MAX_VALUE);
		}
		return new AttemptBudget(firstContent, inOnePiece, idle, total, total, remaining);
	}

	/**
	 * Whether there is time for a pause before the attempt of a plan, beside the time of
	 * its followers.
	 */
	boolean allows(Duration pause, Plan.Ask plan) {
		return Nanos.of(pause) <= nanosToPause(plan.followers(), this.call.history().rung(plan.candidate()) + 1);
	}

	/** As much of a pause as leaves time for the candidates of a plan. */
	Duration pauseBefore(Duration pause, Plan.Ask plan) {
		List<Candidate> next = new ArrayList<>(Plan.MOST_FOLLOWERS);
		next.add(plan.candidate());
		plan.followers().stream().limit(Plan.MOST_FOLLOWERS - 1).forEach(next::add);
		long most = nanosToPause(next, this.call.history().rung(plan.candidate()));
		return Duration.ofNanos(Math.max(0, Math.min(Nanos.of(pause), most)));
	}

	private long nanosToPause(List<Candidate> next, int rung) {
		return this.call.deadline().nanosToWait() - reserve(next, rung, this.call.deadline().remainingNanos());
	}

	private long reserve(List<Candidate> next, int rung, long remaining) {
		long reserve = 0;
		for (Candidate candidate : next) {
			reserve += Math.min(Nanos.of(firstContentLimit(candidate, rung)), remaining / RESERVE_SHARE);
		}
		return reserve;
	}

	private Duration firstContentLimit(Candidate candidate, int rung) {
		AttemptLimits limits = candidate.endpoint().limits();
		List<Duration> ladder = this.call.settings().attemptTimeouts();
		if (ladder.isEmpty() || limits.firstContentExplicit()) {
			return limits.firstContent();
		}
		return ladder.get(Math.min(rung, ladder.size()) - 1);
	}

	private static long nanosOrNever(@Nullable Duration duration) {
		return (duration != null) ? Nanos.of(duration) : Long.MAX_VALUE;
	}

}
