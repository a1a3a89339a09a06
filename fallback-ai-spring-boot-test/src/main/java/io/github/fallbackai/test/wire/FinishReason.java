// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

/**
 * Why a model stopped; each {@link WireFormat} sends its provider's own word for it.
 */
public enum FinishReason {

	/** The answer is complete. */
	STOP,

	/** The token limit was reached. */
	LENGTH,

	/** The provider's policy suppressed the answer. */
	CONTENT_FILTER,

	/** The model asks for tools to be called. */
	TOOL_CALLS

}
