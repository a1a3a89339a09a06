// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * Whether a failure is a reason to ask the next endpoint.
 */
public enum NextEndpoint {

	/** Another endpoint may succeed. */
	YES,

	/** Only an endpoint with a larger, or unknown, context window may succeed. */
	LARGER_WINDOW,

	/** Only when it is configured. */
	ON_REQUEST,

	/**
	 * Yes after later endpoints, because the request may just not fit that provider.
	 * After the first endpoint, which got the caller's own request, only if it is
	 * configured.
	 */
	AFTER_FIRST,

	/**
	 * One other endpoint is asked for a second opinion. If that one refuses the request
	 * too, the caller gets the first answer.
	 */
	SECOND_OPINION

}
