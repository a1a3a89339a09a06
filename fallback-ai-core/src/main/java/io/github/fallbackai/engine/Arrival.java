// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.Failure;

/**
 * A signal of one attempt that reaches its race.
 */
sealed interface Arrival {

	/** The attempt that it comes from. */
	Contender contender();

	/**
	 * An attempt begins.
	 *
	 * @param contender the attempt
	 */
	record Joins(Contender contender) implements Arrival {

	}

	/**
	 * A piece of an answer.
	 *
	 * @param contender the attempt
	 * @param event the piece
	 */
	record Event(Contender contender, EndpointEvent event) implements Arrival {

	}

	/**
	 * An answer is complete.
	 *
	 * @param contender the attempt
	 */
	record Completed(Contender contender) implements Arrival {

	}

	/**
	 * An attempt failed.
	 *
	 * @param contender the attempt
	 * @param failure how it failed
	 */
	record Failed(Contender contender, Failure failure) implements Arrival {

	}

}
