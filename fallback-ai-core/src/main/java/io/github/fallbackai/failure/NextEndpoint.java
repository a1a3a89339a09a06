package io.github.fallbackai.failure;

/**
 * Whether a failure is a reason to ask the next endpoint.
 */
public enum NextEndpoint {

	/** Another endpoint may well succeed. */
	YES,

	/** Only an endpoint with a larger, or unknown, context window may succeed. */
	LARGER_WINDOW,

	/** Only when the caller configured it. */
	ON_REQUEST,

	/**
	 * No at the first endpoint, which got the caller's own request; yes at later ones,
	 * where the request may just not fit that provider.
	 */
	AFTER_FIRST

}
