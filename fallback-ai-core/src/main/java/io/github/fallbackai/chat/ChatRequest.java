// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a caller asks: a conversation, tools and generation parameters, independent of any
 * provider. Immutable. {@code toString()} hides the content. A parameter that is
 * {@code null} is left to the provider.
 */
public final class ChatRequest {

	private final List<ChatMessage> messages;

	private final List<ToolDefinition> tools;

	private final @Nullable ToolChoice toolChoice;

	private final ResponseFormat responseFormat;

	private final @Nullable Double temperature;

	private final @Nullable Double topP;

	private final @Nullable Integer maxTokens;

	private final List<String> stop;

	private final @Nullable Long seed;

	private final Map<String, Map<String, Object>> extras;

	private final @Nullable String conversation;

	private final @Nullable String promptCacheKey;

	private final @Nullable String target;

	private final ChatOptions options;

	ChatRequest(ChatRequestBuilder builder) {
		this.messages = List.copyOf(builder.messages);
		this.tools = List.copyOf(builder.tools);
		this.toolChoice = builder.toolChoice;
		this.responseFormat = builder.responseFormat;
		this.temperature = builder.temperature;
		this.topP = builder.topP;
		this.maxTokens = builder.maxTokens;
		this.stop = List.copyOf(builder.stop);
		this.seed = builder.seed;
		this.extras = builder.copyOfExtras();
		this.conversation = builder.conversation;
		this.promptCacheKey = builder.promptCacheKey;
		this.target = builder.target;
		this.options = builder.options;
		if (this.messages.isEmpty()) {
			throw new IllegalArgumentException("messages: none (expected: at least one)");
		}
	}

	/** Starts an empty request. */
	public static ChatRequestBuilder builder() {
		return new ChatRequestBuilder();
	}

	/** A request with one user message. */
	public static ChatRequest of(String prompt) {
		return builder().user(prompt).build();
	}

	/** Starts a request with everything that this one has. */
	public ChatRequestBuilder toBuilder() {
		return new ChatRequestBuilder(this);
	}

	/**
	 * The next request of a conversation: the same one, followed by the model's answer
	 * and what its tools returned.
	 * @param response the answer to this request
	 * @param toolResults what the tools returned, for each call of the answer
	 * @return the request
	 */
	public ChatRequest continueWith(ChatResponse response, List<ToolResultMessage> toolResults) {
		return toBuilder().messages(response.toMessages()).messages(toolResults).build();
	}

	/** The conversation, oldest message first; never empty. */
	public List<ChatMessage> messages() {
		return this.messages;
	}

	/** The tools that the model may call. */
	public List<ToolDefinition> tools() {
		return this.tools;
	}

	/** Whether tools may, must or must not be called. */
	public @Nullable ToolChoice toolChoice() {
		return this.toolChoice;
	}

	/** The form of the answer; text unless set. */
	public ResponseFormat responseFormat() {
		return this.responseFormat;
	}

	/** Sampling temperature. */
	public @Nullable Double temperature() {
		return this.temperature;
	}

	/** Nucleus sampling mass. */
	public @Nullable Double topP() {
		return this.topP;
	}

	/** Most tokens to generate, reasoning included where the provider counts it. */
	public @Nullable Integer maxTokens() {
		return this.maxTokens;
	}

	/** Whether no token is to be generated, so that there will be no answer. */
	public boolean readsPromptOnly() {
		return this.maxTokens != null && this.maxTokens == 0;
	}

	/** Texts at which generation stops. */
	public List<String> stop() {
		return this.stop;
	}

	/** Seed for repeatable sampling, where the provider offers it. */
	public @Nullable Long seed() {
		return this.seed;
	}

	/** Further parameters by name for one kind of provider; they go to no other. */
	public Map<String, Object> extras(String provider) {
		return this.extras.getOrDefault(provider, Map.of());
	}

	Map<String, Map<String, Object>> extras() {
		return this.extras;
	}

	/**
	 * Identifies the conversation that the request belongs to. If endpoints share calls,
	 * all calls of a conversation go to the same endpoint as long as it works. The
	 * identifier is never sent anywhere.
	 */
	public @Nullable String conversation() {
		return this.conversation;
	}

	/**
	 * Groups requests that begin alike, so that a provider whose API has
	 * {@code prompt_cache_key} finds their beginnings in its cache. A key of more than 64
	 * characters is sent as a hash. If {@link #conversation()} is {@code null}, the key
	 * also identifies the conversation.
	 */
	public @Nullable String promptCacheKey() {
		return this.promptCacheKey;
	}

	/**
	 * Name of an endpoint, model group or model to start with; the others of the chain
	 * follow. A name that the chain does not have fails the call with an
	 * {@link IllegalArgumentException}.
	 */
	public @Nullable String target() {
		return this.target;
	}

	/** How the call is to be carried out. */
	public ChatOptions options() {
		return this.options;
	}

	@Override
	public String toString() {
		return "ChatRequest[" + this.messages.size() + " messages, " + this.tools.size() + " tools]";
	}

}
