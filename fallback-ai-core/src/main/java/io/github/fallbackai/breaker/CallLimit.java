// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

/**
 * How many calls an endpoint takes at a time. Safe for use by several threads.
 */
interface CallLimit {

	/** Most calls at a time now, at least one. */
	int current();

	/**
	 * A call got its first content.
	 * @param nanos after this time
	 * @param calls number of calls under way, this one included
	 * @param now the present
	 */
	default void answered(long nanos, int calls, long now) {
	}

	/** The endpoint has too much to do. */
	default void overloaded(long now) {
	}

}
