// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * What to ask which endpoint, and in which form the answer is wanted.
 *
 * @param endpoint the endpoint to call
 * @param chat what to ask
 * @param streaming whether the answer is wanted piece by piece
 * @param corrections how often the request may be changed and sent again if the endpoint
 * refuses it
 */
public record EndpointRequest(Endpoint endpoint, ChatRequest chat, boolean streaming, CorrectionBudget corrections) {

	/** A request with room for all corrections. */
	public EndpointRequest(Endpoint endpoint, ChatRequest chat, boolean streaming) {
		this(endpoint, chat, streaming, new CorrectionBudget());
	}

}
