package io.github.fallbackai.client;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * What to ask, whom, and in which form the answer is wanted.
 *
 * @param endpoint the endpoint to call
 * @param chat what to ask
 * @param streaming whether the answer is wanted piece by piece
 */
public record EndpointRequest(Endpoint endpoint, ChatRequest chat, boolean streaming) {

}
