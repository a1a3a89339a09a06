// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * What is known about how far a provider processed a failed request.
 */
public enum ReplaySafety {

	/** The request certainly was not processed: it never left, or never arrived. */
	NOT_PROCESSED,

	/** The provider received the request and refused it. */
	REFUSED,

	/**
	 * The request may have been processed, and paid for, although no complete answer came
	 * back.
	 */
	MAYBE_PROCESSED

}
