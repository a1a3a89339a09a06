// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

/**
 * What happens to a stream that breaks after its caller received part of the answer.
 */
public enum StreamRecovery {

	/**
	 * The next endpoint goes on where the answer stopped. An answer that cannot be
	 * continued, because it is structured or a tool call was under way, is restarted.
	 */
	RESUME,

	/**
	 * The next endpoint answers from the beginning; the caller is told to discard what it
	 * holds. A caller that cannot be told gets a failure.
	 */
	RESTART,

	/** The stream fails. */
	FAIL

}
