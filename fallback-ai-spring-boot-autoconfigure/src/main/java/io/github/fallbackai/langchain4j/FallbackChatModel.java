// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.util.Set;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.BlockingAiFallback;
import io.github.fallbackai.chat.ChatOptions;

/**
 * LangChain4j's chat model over the fallback. The calling thread waits, and must be one
 * that may. A call without an answer throws an
 * {@link io.github.fallbackai.failure.AiFallbackException}. Safe for use by several
 * threads.
 */
public class FallbackChatModel implements ChatModel {

	private final BlockingAiFallback ai;

	private final RequestReader reader;

	/** A model whose calls are carried out as configured. */
	public FallbackChatModel(AiFallbackOperations ai) {
		this(ai, ChatOptions.DEFAULTS);
	}

	/**
	 * Creates a model.
	 * @param ai asks the endpoints
	 * @param options how each call is carried out
	 */
	public FallbackChatModel(AiFallbackOperations ai, ChatOptions options) {
		this.ai = ai.blocking();
		this.reader = new RequestReader(options);
	}

	@Override
	public ChatResponse doChat(ChatRequest request) {
		return ResponseWriter.response(this.ai.chat(this.reader.read(request)));
	}

	@Override
	public Set<Capability> supportedCapabilities() {
		return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
	}

}
