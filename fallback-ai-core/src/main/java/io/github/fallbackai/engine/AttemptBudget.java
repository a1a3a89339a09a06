package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.policy.CallSettings;
import org.jspecify.annotations.Nullable;

/**
 * How much time one attempt gets: the endpoint's own limits, cut down to what the call
 * can still afford.
 *
 * @param firstContent until the first content
 * @param inOnePiece until the end of an answer that comes in one piece although a stream
 * was asked for
 * @param idle between two pieces of content
 * @param total for the whole attempt
 * @param withoutProgress what the call can spend without progress
 */
record AttemptBudget(Limit firstContent, Limit inOnePiece, Limit idle, Limit total, long withoutProgress) {

	/** At most this part of the remaining time is kept for one later candidate. */
	private static final int RESERVE_SHARE = 3;

	/**
	 * Computes the budget of an attempt.
	 * @param plan which endpoint is asked and which could follow
	 * @param call the call
	 * @return the budget
	 */
	static AttemptBudget of(Plan.Ask plan, CallState call) {
		Candidate candidate = plan.candidate();
		CallSettings settings = call.settings();
		Delivery delivery = call.delivery();
		int rung = call.history().rung(candidate);
		long remaining = call.deadline().remainingNanos();
		long affordable = remaining - reserve(plan.followers(), rung, settings, remaining);
		Limit total = Limit.of(candidate.gate().totalLimit());
		if (delivery == Delivery.WHOLE && !candidate.endpoint().unaryAsStream()) {
			return new AttemptBudget(Limit.NONE, Limit.NONE, Limit.NONE, total.shortenedTo(affordable), Long.MAX_VALUE);
		}
		Limit firstContent = Limit.of(firstContentLimit(candidate, rung, settings))
			.shortenedTo(nanosOrNever(call.request().request().options().firstContent()))
			.shortenedTo(affordable);
		Limit inOnePiece = Limit.NONE.shortenedTo(affordable);
		Limit idle = Limit.of(candidate.endpoint().limits().idle());
		if (delivery == Delivery.WHOLE) {
			return new AttemptBudget(firstContent, inOnePiece, idle, total.shortenedTo(remaining), Long.MAX_VALUE);
		}
		return new AttemptBudget(firstContent, inOnePiece, idle, total, remaining);
	}

	private static long reserve(List<Candidate> followers, int rung, CallSettings settings, long remaining) {
		long reserve = 0;
		for (Candidate follower : followers) {
			long wanted = Nanos.of(firstContentLimit(follower, rung + 1, settings));
			reserve += Math.min(wanted, remaining / RESERVE_SHARE);
		}
		return reserve;
	}

	private static Duration firstContentLimit(Candidate candidate, int rung, CallSettings settings) {
		AttemptLimits limits = candidate.endpoint().limits();
		List<Duration> ladder = settings.attemptTimeouts();
		if (ladder.isEmpty() || limits.firstContentExplicit()) {
			return limits.firstContent();
		}
		return ladder.get(Math.min(rung, ladder.size()) - 1);
	}

	private static long nanosOrNever(@Nullable Duration duration) {
		return (duration != null) ? Nanos.of(duration) : Long.MAX_VALUE;
	}

}
