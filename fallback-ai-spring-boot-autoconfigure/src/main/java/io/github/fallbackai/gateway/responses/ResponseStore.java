// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import reactor.core.publisher.Mono;

/**
 * A store that instances share, for texts that have an owner and go by themselves after
 * some time. Every method fails within a limited time if the store does not answer.
 * Implementations are safe for use by several threads, and never block.
 */
public interface ResponseStore {

	/** Keeps a text; the oldest ones of the owner go if they are too many. */
	Mono<Void> put(String owner, String id, String text);

	/** Finds a text; empty if there is none of that owner. */
	Mono<String> get(String owner, String id);

	/** Forgets a text, and answers with it; empty if there was none of that owner. */
	Mono<String> remove(String owner, String id);

}
