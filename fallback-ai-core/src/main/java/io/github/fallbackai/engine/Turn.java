package io.github.fallbackai.engine;

import java.util.List;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One turn of a call's loop: an attempt, or two that race.
 */
interface Turn {

	/**
	 * Runs the turn. Completes when the leader's answer is complete and fails when the
	 * leader does.
	 * @return what happens
	 */
	Flux<RaceSignal> signals();

	/** The attempt that the turn's outcome is about. */
	AttemptRun leader();

	/**
	 * The caller goes away: nobody joins any more.
	 * @return the attempts that nobody was told the end of
	 */
	List<Unfinished> stop();

	/**
	 * An attempt whose end nobody was told.
	 *
	 * @param run the attempt
	 * @param outcome how it ends
	 * @param failure how it failed, {@code null} if it did not
	 */
	record Unfinished(AttemptRun run, AttemptOutcome outcome, @Nullable Failure failure) {

		/** An attempt that was still wanted. */
		static Unfinished cancelled(AttemptRun run) {
			return new Unfinished(run, AttemptOutcome.CANCELLED, null);
		}

		/** Closes the attempt, unless it has ended before. */
		@Nullable Attempt close() {
			return (this.failure != null) ? this.run.failed(this.failure) : this.run.abandoned(this.outcome);
		}

	}

	/**
	 * A turn of one attempt.
	 *
	 * @param leader the attempt
	 * @param signals what happens
	 */
	record Single(AttemptRun leader, Flux<RaceSignal> signals) implements Turn {

		@Override
		public List<Unfinished> stop() {
			return List.of(Unfinished.cancelled(this.leader));
		}

	}

}
