// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import reactor.core.publisher.Mono;

/**
 * A way to call an OpenAI-compatible provider as an application would. Belongs to one
 * process.
 */
interface Client {

	/** What every call asks. */
	String PROMPT = "Why is the sky blue? Answer in one paragraph.";

	/** The model that every call names. */
	String MODEL = "model-of-a-mock";

	/** The key that every call sends. */
	String KEY = "sk-secret";

	/** Most connections at the same time. */
	int CONNECTIONS = 2000;

	/** Asks, and completes with the whole answer. */
	Mono<String> call();

	/**
	 * Asks for a stream and reads all of it. Completes with the number of characters that
	 * the model generated, or that arrived if the client parses nothing.
	 */
	Mono<Long> stream();

}
