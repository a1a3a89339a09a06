// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link ChatResponse}, for tests of code that uses one. Not safe for use by
 * several threads.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ChatResponseBuilder {

	String text = "";

	String reasoning = "";

	List<ToolCall> toolCalls = List.of();

	List<Annotation> annotations = List.of();

	@Nullable AssistantMessage message;

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "role")
	@JsonSubTypes({ @JsonSubTypes.Type(value = AssistantMessage.class, name = "assistant"),
			@JsonSubTypes.Type(value = ToolResultMessage.class, name = "tool") })
	List<ChatMessage> earlierMessages = List.of();

	FinishReason finishReason = FinishReason.STOP;

	@Nullable String rawFinishReason;

	@Nullable Usage usage;

	@Nullable Cost cost;

	@Nullable String id;

	@Nullable ProviderState remarks;

	@Nullable String endpoint;

	@Nullable String model;

	String chain = "default";

	boolean degraded;

	List<Segment> segments = List.of();

	List<Attempt> attempts = List.of();

	ChatResponseBuilder() {
	}

	ChatResponseBuilder(ChatResponse chatResponse) {
		this.text = chatResponse.text();
		this.reasoning = chatResponse.reasoning();
		this.toolCalls = chatResponse.toolCalls();
		this.annotations = chatResponse.annotations();
		this.message = chatResponse.message();
		this.earlierMessages = chatResponse.earlierMessages();
		this.finishReason = chatResponse.finishReason();
		this.rawFinishReason = chatResponse.rawFinishReason();
		this.usage = chatResponse.usage();
		this.cost = chatResponse.cost();
		this.id = chatResponse.id();
		this.remarks = chatResponse.remarks();
		this.endpoint = chatResponse.endpoint();
		this.model = chatResponse.model();
		this.chain = chatResponse.chain();
		this.degraded = chatResponse.degraded();
		this.segments = chatResponse.segments();
		this.attempts = chatResponse.attempts();
	}

	/** The text, empty unless given. */
	public ChatResponseBuilder text(String text) {
		this.text = text;
		this.message = null;
		return this;
	}

	/** The reasoning text, empty unless given. */
	public ChatResponseBuilder reasoning(String reasoning) {
		this.reasoning = reasoning;
		return this;
	}

	/** The tools to run. */
	public ChatResponseBuilder toolCalls(List<ToolCall> toolCalls) {
		this.toolCalls = toolCalls;
		this.message = null;
		return this;
	}

	/**
	 * Text, reasoning and tool calls, in the order in which the model produced them and
	 * with everything that it wants back. If text or tool calls are set later, it does
	 * not count any more.
	 */
	public ChatResponseBuilder message(AssistantMessage message) {
		this.text = message.text();
		this.reasoning = message.reasoning();
		this.toolCalls = message.toolCalls();
		this.message = message;
		return this;
	}

	/**
	 * Messages between the request and this answer: earlier answers, which called tools,
	 * and what these returned. None unless given.
	 */
	public ChatResponseBuilder earlierMessages(List<? extends ChatMessage> earlierMessages) {
		this.earlierMessages = List.copyOf(earlierMessages);
		return this;
	}

	/** What providers note about the text, nothing unless given. */
	public ChatResponseBuilder annotations(List<Annotation> annotations) {
		this.annotations = annotations;
		return this;
	}

	/** Why the model stopped, {@code STOP} unless given. */
	public ChatResponseBuilder finishReason(FinishReason finishReason) {
		this.finishReason = finishReason;
		return this;
	}

	/** The provider's own word for it, {@code null} if it gave none. */
	public ChatResponseBuilder rawFinishReason(@Nullable String rawFinishReason) {
		this.rawFinishReason = rawFinishReason;
		return this;
	}

	/** Tokens of all attempts as far as reported, {@code null} if none was. */
	public ChatResponseBuilder usage(@Nullable Usage usage) {
		this.usage = usage;
		return this;
	}

	/**
	 * What all attempts cost as far as their endpoints have a price, {@code null} if none
	 * has.
	 */
	public ChatResponseBuilder cost(@Nullable Cost cost) {
		this.cost = cost;
		return this;
	}

	/** The provider's id of the answer, {@code null} if unknown. */
	public ChatResponseBuilder id(@Nullable String id) {
		this.id = id;
		return this;
	}

	/** Members of the provider's answer that this library has no name for. */
	public ChatResponseBuilder remarks(@Nullable ProviderState remarks) {
		this.remarks = remarks;
		return this;
	}

	/** Name of the endpoint that gave the answer. */
	public ChatResponseBuilder endpoint(String endpoint) {
		this.endpoint = endpoint;
		return this;
	}

	/** The model as the provider named it. */
	public ChatResponseBuilder model(String model) {
		this.model = model;
		return this;
	}

	/** Name of the chain, {@code default} unless given. */
	public ChatResponseBuilder chain(String chain) {
		this.chain = chain;
		return this;
	}

	/** Whether another endpoint than the chain's first gave the answer, or part of it. */
	public ChatResponseBuilder degraded(boolean degraded) {
		this.degraded = degraded;
		return this;
	}

	/** The parts of the text in order, each with the endpoint that wrote it. */
	public ChatResponseBuilder segments(List<Segment> segments) {
		this.segments = segments;
		return this;
	}

	/** Everything that was tried, oldest first. */
	public ChatResponseBuilder attempts(List<Attempt> attempts) {
		this.attempts = attempts;
		return this;
	}

	/**
	 * Builds the answer.
	 * @return the answer
	 * @throws NullPointerException without endpoint, model
	 */
	public ChatResponse build() {
		return new ChatResponse(this);
	}

}
