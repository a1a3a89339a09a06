// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.util.Set;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.relay.Relay;
import io.github.fallbackai.relay.RelayedEvent;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * LangChain4j's streaming chat model over the fallback. When a provider dies in the
 * middle of an answer, another one goes on with it, and the handler notices nothing. What
 * cannot go on (a structured answer, or one with a tool call) ends with an error, because
 * a handler cannot take back what it has. The handler is called on threads that may
 * block, because tools run there. Safe for use by several threads.
 */
public class FallbackStreamingChatModel implements StreamingChatModel {

	/**
	 * How many events may wait for the handler. The fewer, the sooner its pauses reach
	 * the provider.
	 */
	private static final int AHEAD = 8;

	private final AiFallbackOperations ai;

	private final RequestReader reader;

	/** A model whose calls are carried out as configured. */
	public FallbackStreamingChatModel(AiFallbackOperations ai) {
		this(ai, ChatOptions.DEFAULTS);
	}

	/**
	 * Creates a model.
	 * @param ai asks the endpoints
	 * @param options how each call is carried out
	 */
	public FallbackStreamingChatModel(AiFallbackOperations ai, ChatOptions options) {
		this.ai = ai;
		this.reader = new RequestReader(options);
	}

	@Override
	public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
		events(this.reader.read(request)).contextCapture()
			.publishOn(Schedulers.boundedElastic(), AHEAD)
			.subscribe(new HandlerSubscriber(handler));
	}

	private Flux<ChatEvent> events(io.github.fallbackai.chat.ChatRequest request) {
		return (this.ai instanceof Relay relay) ? relay.relay(request).map(RelayedEvent::event)
				: this.ai.stream(request);
	}

	@Override
	public Set<Capability> supportedCapabilities() {
		return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
	}

}
