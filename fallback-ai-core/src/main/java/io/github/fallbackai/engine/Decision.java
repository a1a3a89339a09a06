// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

/**
 * What to do after a failed attempt.
 */
enum Decision {

	/** Ask the same endpoint again after a pause; the caller notices nothing. */
	RETRY,

	/** Ask the same endpoint again at once, without the prefill that it refused. */
	RETRY_WITHOUT_PREFILL,

	/** Ask the same endpoint again at once for an answer in a simpler form. */
	RETRY_IN_SIMPLER_FORM,

	/** Ask the next endpoint; the caller notices nothing. */
	NEXT_ENDPOINT,

	/** Let the next endpoint go on where the answer stopped. */
	RESUME,

	/**
	 * Let the next endpoint answer from the beginning and tell the caller to discard what
	 * it holds.
	 */
	RESTART,

	/** The caller holds part of the answer, and no endpoint continues it. */
	INTERRUPT,

	/** No other endpoint would see the request differently. */
	REFUSE,

	/** Another endpoint refused the request before, and the caller gets that refusal. */
	REFUSE_AS_BEFORE,

	/** Enough was tried. */
	GIVE_UP

}
