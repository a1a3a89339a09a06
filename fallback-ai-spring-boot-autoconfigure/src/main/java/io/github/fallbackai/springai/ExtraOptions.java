// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

/**
 * Options that all models of Spring AI share, and that not every provider has: the names
 * under which a request carries them to endpoints that are models of Spring AI.
 */
final class ExtraOptions {

	/** Name of the provider, as endpoints and extra parameters have it. */
	static final String PROVIDER = "spring-ai";

	static final String FREQUENCY_PENALTY = "frequencyPenalty";

	static final String PRESENCE_PENALTY = "presencePenalty";

	static final String TOP_K = "topK";

	private ExtraOptions() {
	}

}
