// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * Why an endpoint was asked.
 */
public enum ChoiceReason {

	/** It is the first one of the chain, or the cheapest one. */
	ORDER,

	/** Endpoints share the calls of the chain, and it has its turn. */
	STRATEGY,

	/**
	 * It answered the round before of a loop with tools. Or endpoints share the calls of
	 * the chain, and it keeps this conversation. Its provider finds the conversation in
	 * the prompt cache.
	 */
	CONVERSATION,

	/** The request asks for it, its model group or its model. */
	TARGET,

	/** An operator prefers it. */
	PREFERRED,

	/** The endpoints before it failed, were skipped, or did not answer soon. */
	FALLBACK

}
