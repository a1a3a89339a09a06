// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

/**
 * Why the model stopped, in one vocabulary for all providers.
 */
public enum FinishReason {

	/** The answer is complete. */
	STOP,

	/** The token limit was reached. */
	LENGTH,

	/** The model wants tools to be run. */
	TOOL_CALLS,

	/** The provider's policy cut the answer. */
	CONTENT_FILTER,

	/** The model declined to answer; the text is what it said instead. */
	REFUSAL,

	/** A reason this library does not know; the provider's own word is kept beside it. */
	OTHER

}
