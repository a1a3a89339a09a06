// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * A request may need this, and not every model or server can do it.
 */
public enum Need {

	/** Tools, or a certain choice among them. */
	TOOLS,

	/** Images in the conversation. */
	IMAGES,

	/** Audio in the conversation, or as the answer. */
	AUDIO,

	/** Any JSON object as the answer. */
	JSON_OBJECT,

	/** An answer that follows a JSON schema. */
	JSON_SCHEMA,

	/** The answer as a stream. */
	STREAMING,

	/** The beginning of the answer as the last message. */
	PREFILL,

	/** A parameter, for example of sampling. */
	PARAMETER,

	/** More tokens of output than the model gives. */
	OUTPUT_TOKENS,

	/** More tokens at once than the account may ever send. */
	REQUEST_SIZE

}
