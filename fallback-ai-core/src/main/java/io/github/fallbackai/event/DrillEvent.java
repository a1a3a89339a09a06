// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;

import io.github.fallbackai.failure.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a drill: an operator rehearses a failure of an endpoint in
 * this instance.
 */
public sealed interface DrillEvent extends FailoverEvent {

	/** Name of the endpoint. */
	String endpoint();

	/** What goes wrong: {@code 429}, {@code 500}, {@code hang} or {@code cut}. */
	String fault();

	/**
	 * A drill begins.
	 *
	 * @param endpoint name of the endpoint
	 * @param fault what goes wrong
	 * @param length how long it lasts at most
	 * @param calls after how many failed requests it ends, {@code null} if it only ends
	 * by time
	 * @param share the share of requests that fail
	 * @param only the use case or mark of the calls whose requests fail, {@code null} for
	 * all
	 * @param reason why, {@code null} if the operator did not say
	 */
	record Began(String endpoint, String fault, Duration length, @Nullable Integer calls, double share,
			@Nullable String only, @Nullable String reason) implements DrillEvent {

		/** Cleans what people wrote. */
		public Began {
			only = OneLine.of(only, LONGEST_NAME);
			reason = OneLine.of(reason, LONGEST_REASON);
		}

	}

	/**
	 * A drill is over.
	 *
	 * @param endpoint name of the endpoint
	 * @param fault what went wrong
	 * @param hits how many requests failed
	 * @param reason why it is over
	 */
	record Ended(String endpoint, String fault, int hits, String reason) implements DrillEvent {

	}

}
