// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.SkipReason;
import reactor.core.publisher.Flux;

/**
 * One turn of a call's loop: an attempt, two that race, or none, because another call was
 * faster.
 */
sealed interface Turn {

	/**
	 * Another call took the place or the budget that the plan relied on.
	 *
	 * @param candidate the candidate that cannot be asked now
	 * @param reason why it is not available any more
	 */
	record LostToAnotherCall(Candidate candidate, SkipReason reason) implements Turn {

	}

	/**
	 * At least one attempt runs.
	 */
	sealed interface Running extends Turn permits Single, HedgeRace {

		/**
		 * Runs the turn. Completes when the leader's answer is complete and fails when
		 * the leader does.
		 * @return what happens
		 */
		Flux<RaceSignal> signals();

		/** The attempt that the turn's outcome is about. */
		AttemptRun leader();

	}

	/**
	 * A turn of one attempt.
	 *
	 * @param leader the attempt
	 * @param signals what happens
	 */
	record Single(AttemptRun leader, Flux<RaceSignal> signals) implements Running {

	}

}
