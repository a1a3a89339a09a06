// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Duration;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps responses, so that a client can go on from one without sending it. A response
 * belongs to the client that asked for it. Implementations are safe for use by several
 * threads, and bounded.
 */
public interface ResponseMemory {

	/** Whether it keeps anything at all. Responses say whether they are stored. */
	default boolean keeps() {
		return true;
	}

	/**
	 * Keeps a response. Returns at once; what has to be written elsewhere is written
	 * later.
	 * @param client name of the client that asked for it
	 * @param response the response
	 */
	void keep(String client, StoredResponse response);

	/**
	 * Finds a response.
	 * @param client name of the client that asks
	 * @param id its id
	 * @return the response; empty if there is none, or if it belongs to another client
	 */
	Mono<StoredResponse> find(String client, String id);

	/**
	 * Forgets a response.
	 * @param client name of the client that asks
	 * @param id its id
	 * @return the response that was forgotten; empty if there was none, or if it belongs
	 * to another client
	 */
	Mono<StoredResponse> remove(String client, String id);

	/**
	 * How long a request waits for all that it refers to, {@code null} if nothing makes
	 * it wait.
	 */
	default @Nullable Duration patience() {
		return null;
	}

	/** What a client is told when that was not enough. */
	static RejectedRequestException unavailable() {
		return new RejectedRequestException(GatewayError
			.server(503, "response_store_unavailable",
					"The store of responses does not answer. Try again, or send the whole conversation.")
			.retryAfter(Duration.ofSeconds(2)));
	}

}
