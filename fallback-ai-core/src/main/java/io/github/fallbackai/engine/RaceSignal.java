// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.Failure;

/**
 * Something that happens in a turn of a call, in which one attempt runs, or two race.
 */
sealed interface RaceSignal {

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
	 * The leader has ended. The race ends with this signal.
	 */
	sealed interface Decided extends RaceSignal {

	}

	/**
	 * The leader's answer is complete.
	 */
	record Won() implements Decided {

	}

	/**
	 * The leader failed.
	 *
	 * @param failure how it failed
	 */
	record Lost(Failure failure) implements Decided {

	}

}
