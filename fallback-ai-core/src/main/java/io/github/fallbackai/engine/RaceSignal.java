package io.github.fallbackai.engine;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in a turn of a call, in which one attempt runs, or two race.
 */
sealed interface RaceSignal {

	/** The attempt that it is about. */
	AttemptRun run();

	/**
	 * A second attempt joined.
	 *
	 * @param run the attempt
	 */
	record Joined(AttemptRun run) implements RaceSignal {

	}

	/**
	 * The leading attempt received an event.
	 *
	 * @param run the attempt
	 * @param event the event
	 */
	record Received(AttemptRun run, EndpointEvent event) implements RaceSignal {

	}

	/**
	 * An attempt failed while the other one is still running.
	 *
	 * @param run the attempt
	 * @param failure how it failed
	 * @param remaining the other one
	 */
	record DroppedOut(AttemptRun run, Failure failure, AttemptRun remaining) implements RaceSignal {

	}

	/**
	 * The other attempt leads: this one is not needed any more.
	 *
	 * @param run the attempt
	 * @param watched whether it goes on unseen until it is clear whether its endpoint
	 * works
	 */
	record Overtaken(AttemptRun run, boolean watched) implements RaceSignal {

	}

	/**
	 * The race is decided: the leader answered or failed.
	 *
	 * @param run the leader
	 * @param failure how it failed, {@code null} if it answered
	 */
	record Over(AttemptRun run, @Nullable Failure failure) implements RaceSignal {

	}

}
