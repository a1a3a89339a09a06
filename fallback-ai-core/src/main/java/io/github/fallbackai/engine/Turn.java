package io.github.fallbackai.engine;

import java.util.List;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;
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

		/**
		 * The caller left, and no attempt joins any more.
		 * @return the ends of attempts that were not told yet
		 */
		List<Ending> stop();

	}

	/**
	 * A turn of one attempt.
	 *
	 * @param leader the attempt
	 * @param signals what happens
	 */
	record Single(AttemptRun leader, Flux<RaceSignal> signals) implements Running {

		@Override
		public List<Ending> stop() {
			return List.of(Ending.cancelled(this.leader));
		}

	}

	/**
	 * The end of an attempt that does not decide the turn.
	 *
	 * @param run the attempt
	 * @param outcome how it ends
	 * @param failure how it failed, {@code null} if it did not
	 * @param watched whether it goes on in the background until it is clear whether its
	 * endpoint works
	 */
	record Ending(AttemptRun run, AttemptOutcome outcome, @Nullable Failure failure, boolean watched) {

		/** The caller went away. */
		static Ending cancelled(AttemptRun run) {
			return new Ending(run, AttemptOutcome.CANCELLED, null, false);
		}

		static Ending failed(AttemptRun run, Failure failure) {
			return new Ending(run, AttemptOutcome.FAILED, failure, false);
		}

		/** Another attempt leads. */
		static Ending overtaken(AttemptRun run, boolean watched) {
			return new Ending(run, AttemptOutcome.OVERTAKEN, null, watched);
		}

		/**
		 * Closes the attempt, unless it is watched.
		 * @return the attempt, or {@code null} if it has ended before
		 */
		@Nullable Attempt close() {
			if (this.watched) {
				return this.run.attempt(this.outcome, null);
			}
			return (this.failure != null) ? this.run.failed(this.failure) : this.run.abandoned(this.outcome);
		}

	}

}
