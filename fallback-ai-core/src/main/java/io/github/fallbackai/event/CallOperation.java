// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

/**
 * What a call asks of a model.
 */
public enum CallOperation {

	/** The next message of a conversation. */
	CHAT,

	/** Vectors of texts. */
	EMBEDDINGS

}
