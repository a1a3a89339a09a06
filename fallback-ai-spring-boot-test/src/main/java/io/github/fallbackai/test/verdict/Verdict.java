// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.verdict;

import java.time.Duration;

/**
 * What a service made of one fault.
 */
public final class Verdict {

	private final String fault;

	private final Result result;

	private final String reason;

	private final Duration duration;

	Verdict(String fault, Result result, String reason, Duration duration) {
		this.fault = fault;
		this.result = result;
		this.reason = reason;
		this.duration = duration;
	}

	/**
	 * Returns the fault.
	 * @return its name in the table
	 */
	public String fault() {
		return this.fault;
	}

	/**
	 * Returns what came of it.
	 * @return the result
	 */
	public Result result() {
		return this.result;
	}

	/**
	 * Tells why the service did not survive.
	 * @return the exception, or what is wrong with the answer; empty if it survived
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Returns how long the service took.
	 * @return the time from question to answer or failure
	 */
	public Duration duration() {
		return this.duration;
	}

	@Override
	public String toString() {
		return "%-24s %-12s %6d ms  %s".formatted(this.fault, this.result, this.duration.toMillis(), this.reason)
			.stripTrailing();
	}

	/**
	 * What came of a fault.
	 */
	public enum Result {

		/** There was an answer, and it was accepted. */
		SURVIVED,

		/** There was none, or one that was not accepted. */
		FAILED,

		/** The provider was not asked, so nothing is known. */
		NOT_REACHED

	}

}
