// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link ChatRequest}. Not safe for use by several threads.
 */
public final class ChatRequestBuilder {

	final List<ChatMessage> messages = new ArrayList<>();

	final List<ToolDefinition> tools = new ArrayList<>();

	@Nullable ToolChoice toolChoice;

	ResponseFormat responseFormat = ResponseFormat.TEXT;

	@Nullable Double temperature;

	@Nullable Double topP;

	@Nullable Integer maxTokens;

	List<String> stop = List.of();

	@Nullable Long seed;

	final Map<String, Map<String, Object>> extras = new LinkedHashMap<>();

	@Nullable String conversation;

	@Nullable String promptCacheKey;

	@Nullable String target;

	ChatOptions options = ChatOptions.DEFAULTS;

	ChatRequestBuilder() {
	}

	ChatRequestBuilder(ChatRequest request) {
		this.messages.addAll(request.messages());
		this.tools.addAll(request.tools());
		this.toolChoice = request.toolChoice();
		this.responseFormat = request.responseFormat();
		this.temperature = request.temperature();
		this.topP = request.topP();
		this.maxTokens = request.maxTokens();
		this.stop = request.stop();
		this.seed = request.seed();
		request.extras().forEach((provider, values) -> this.extras.put(provider, new LinkedHashMap<>(values)));
		this.conversation = request.conversation();
		this.promptCacheKey = request.promptCacheKey();
		this.target = request.target();
		this.options = request.options();
	}

	Map<String, Map<String, Object>> copyOfExtras() {
		Map<String, Map<String, Object>> copy = new LinkedHashMap<>();
		this.extras.forEach(
				(provider, values) -> copy.put(provider, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
		return Collections.unmodifiableMap(copy);
	}

	/** Adds an instruction to the model. */
	public ChatRequestBuilder system(String text) {
		return message(ChatMessage.system(text));
	}

	/** Adds what the user said. */
	public ChatRequestBuilder user(String text) {
		return message(ChatMessage.user(text));
	}

	/** Adds what the model answered earlier. */
	public ChatRequestBuilder assistant(String text) {
		return message(ChatMessage.assistant(text));
	}

	/** Adds a message. */
	public ChatRequestBuilder message(ChatMessage message) {
		this.messages.add(message);
		return this;
	}

	/** Adds messages in their order. */
	public ChatRequestBuilder messages(Collection<? extends ChatMessage> messages) {
		this.messages.addAll(messages);
		return this;
	}

	/** Replaces all messages. */
	public ChatRequestBuilder replaceMessages(Collection<? extends ChatMessage> messages) {
		this.messages.clear();
		return messages(messages);
	}

	/** Adds a tool that the model may call. */
	public ChatRequestBuilder tool(ToolDefinition tool) {
		this.tools.add(tool);
		return this;
	}

	/** Says whether tools may, must or must not be called. */
	public ChatRequestBuilder toolChoice(@Nullable ToolChoice toolChoice) {
		this.toolChoice = toolChoice;
		return this;
	}

	/** The form of the answer. */
	public ChatRequestBuilder responseFormat(ResponseFormat responseFormat) {
		this.responseFormat = responseFormat;
		return this;
	}

	/** Sampling temperature. */
	public ChatRequestBuilder temperature(@Nullable Double temperature) {
		this.temperature = temperature;
		return this;
	}

	/** Nucleus sampling mass. */
	public ChatRequestBuilder topP(@Nullable Double topP) {
		this.topP = topP;
		return this;
	}

	/**
	 * Most tokens to generate. With 0, the provider only reads the prompt, so that its
	 * cache has it. Only Anthropic knows this; other endpoints are not asked.
	 */
	public ChatRequestBuilder maxTokens(@Nullable Integer maxTokens) {
		if (maxTokens != null && maxTokens < 0) {
			throw new IllegalArgumentException("maxTokens: " + maxTokens + " (expected: >= 0)");
		}
		this.maxTokens = maxTokens;
		return this;
	}

	/** Texts at which generation stops. */
	public ChatRequestBuilder stop(String... stop) {
		this.stop = List.of(stop);
		return this;
	}

	/** Seed for repeatable sampling. */
	public ChatRequestBuilder seed(@Nullable Long seed) {
		this.seed = seed;
		return this;
	}

	/**
	 * Adds a parameter for one kind of provider, for example
	 * {@code extra("openai", "logit_bias", map)}. What is added for
	 * {@code openai-responses} goes to endpoints that are asked by OpenAI's Responses
	 * API, of whatever provider.
	 */
	public ChatRequestBuilder extra(String provider, String name, Object value) {
		this.extras.computeIfAbsent(provider, (key) -> new LinkedHashMap<>()).put(name, value);
		return this;
	}

	/** Identifies the conversation, see {@link ChatRequest#conversation()}. */
	public ChatRequestBuilder conversation(@Nullable String conversation) {
		this.conversation = conversation;
		return this;
	}

	/** Groups requests that begin alike, see {@link ChatRequest#promptCacheKey()}. */
	public ChatRequestBuilder promptCacheKey(@Nullable String promptCacheKey) {
		this.promptCacheKey = promptCacheKey;
		return this;
	}

	/**
	 * The endpoint, model group or model to start with, see {@link ChatRequest#target()}.
	 */
	public ChatRequestBuilder target(@Nullable String target) {
		this.target = target;
		return this;
	}

	/** How the call is to be carried out. */
	public ChatRequestBuilder options(ChatOptions options) {
		this.options = options;
		return this;
	}

	/** Bounds the call, see {@link ChatOptions#deadline()}. */
	public ChatRequestBuilder deadline(Duration deadline) {
		return options(this.options.withDeadline(deadline));
	}

	/**
	 * Builds the request.
	 * @return the request
	 * @throws IllegalArgumentException if there is no message
	 */
	public ChatRequest build() {
		return new ChatRequest(this);
	}

}
