// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.util.Locale;

/**
 * Which marks for the provider's prompt cache ({@code cache_control}) an endpoint gets.
 */
public enum PromptCache {

	/**
	 * The marks of the request, if the provider is known to take them. A request without
	 * marks gets some on its instructions and its tools, if the provider caches nothing
	 * without them.
	 */
	AUTO,

	/** The marks of the request, and no others. */
	REQUEST,

	/** None. */
	NONE;

	/** Name of the {@linkplain Endpoint#options() option} of an endpoint. */
	public static final String OPTION = "prompt-cache";

	/** The setting of an endpoint; {@link #AUTO} unless set. */
	public static PromptCache of(Endpoint endpoint) {
		String option = endpoint.options().get(OPTION);
		return (option != null) ? valueOf(option.toUpperCase(Locale.ROOT)) : AUTO;
	}

}
