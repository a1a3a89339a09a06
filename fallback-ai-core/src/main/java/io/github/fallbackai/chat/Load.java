// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

/**
 * How urgent a call is.
 */
public enum Load {

	/** A user waits for the answer. */
	INTERACTIVE,

	/**
	 * No user waits. The call waits for a free place, or for the end of a cool-down,
	 * instead of going to a more expensive endpoint. It never hedges, and leaves part of
	 * an endpoint's places to other calls. The time it waits does not count towards the
	 * configured deadline, only towards a deadline of its own.
	 */
	BATCH

}
