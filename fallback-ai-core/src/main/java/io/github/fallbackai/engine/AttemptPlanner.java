// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.engine.candidate.BatchThrift;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.engine.candidate.UnmetNeed;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Picks the endpoint that a call asks next, and says why it skips others. Planning has no
 * side effects.
 */
final class AttemptPlanner {

	/**
	 * Picks the next candidate: first one that was not asked yet, then one that broke off
	 * in the middle of an answer.
	 * @param order the call's candidates
	 * @param requirements which candidates can serve the request at all
	 * @param history what the call did so far
	 * @param onlyGroup the only model group that may go on with the answer, {@code null}
	 * for any
	 * @param timeLeft whether the deadline leaves time for an answer
	 * @return the plan
	 */
	Plan plan(CandidateOrder order, Requirements requirements, CallHistory history, @Nullable String onlyGroup,
			boolean timeLeft) {
		BatchThrift thrift = (requirements.load() == Load.BATCH) ? new BatchThrift() : null;
		PlanDraft draft = new PlanDraft();
		for (Candidate candidate : order.candidates()) {
			boolean tried = history.wasTried(candidate);
			SkipReason obstacle = obstacle(candidate, requirements, history, onlyGroup, thrift);
			Availability availability = (obstacle != null) ? new Availability(obstacle, null, null)
					: candidate.availability(requirements.request());
			if (thrift != null) {
				thrift.look(candidate, availability, history.foundBroken(candidate));
			}
			if (tried && !history.mayRevisit(candidate)) {
				continue;
			}
			Skip skip = skip(candidate, availability, requirements.request(), timeLeft);
			if (skip == null) {
				add(candidate, tried, draft);
				continue;
			}
			draft.passOver(skip);
			boolean lastResort = availability.soft() || skip.reason() == SkipReason.NEED_UNMET;
			if (lastResort && timeLeft) {
				draft.keepAsLastResort(candidate);
			}
		}
		return draft.finish();
	}

	private static void add(Candidate candidate, boolean tried, PlanDraft draft) {
		if (tried) {
			draft.revisit(candidate);
		}
		else {
			draft.take(candidate);
		}
	}

	private static @Nullable SkipReason obstacle(Candidate candidate, Requirements requirements, CallHistory history,
			@Nullable String onlyGroup, @Nullable BatchThrift thrift) {
		SkipReason obstacle = requirements.obstacle(candidate);
		if (obstacle != null) {
			return obstacle;
		}
		if (onlyGroup != null && !onlyGroup.equals(candidate.endpoint().modelGroup())) {
			return SkipReason.OTHER_MODEL;
		}
		if (!history.fitsLargerWindow(candidate.endpoint().contextWindow())) {
			return SkipReason.CONTEXT_WINDOW_TOO_SMALL;
		}
		if (thrift != null && thrift.keepsFrom(candidate)) {
			return SkipReason.KEPT_FROM_BATCH;
		}
		return history.lostPlace(candidate);
	}

	private static @Nullable Skip skip(Candidate candidate, Availability availability, PricedRequest request,
			boolean timeLeft) {
		SkipReason reason = availability.skipReason();
		if (reason != null) {
			return new Skip(candidate.name(), reason, availability.cause(), availability.remaining());
		}
		if (!timeLeft) {
			return new Skip(candidate.name(), SkipReason.NOT_ENOUGH_TIME, null, null);
		}
		UnmetNeed unmet = candidate.unmetNeed(request);
		return (unmet != null) ? Skip.forNeed(candidate.name(), unmet.need(), unmet.remaining()) : null;
	}

}
