// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer, with the endpoint that gave it and the attempts that were needed.
 * Immutable. {@code toString()} hides the content.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ChatResponse {

	private final String text;

	private final String reasoning;

	private final List<ToolCall> toolCalls;

	private final List<Annotation> annotations;

	/** {@code null} unless the members beside it would not tell everything. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	private final @Nullable AssistantMessage message;

	/** Empty unless tools were run for the answer. */
	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "role")
	@JsonSubTypes({ @JsonSubTypes.Type(value = AssistantMessage.class, name = "assistant"),
			@JsonSubTypes.Type(value = ToolResultMessage.class, name = "tool") })
	private final List<ChatMessage> earlierMessages;

	private final FinishReason finishReason;

	private final @Nullable String rawFinishReason;

	private final @Nullable Usage usage;

	private final @Nullable Cost cost;

	private final @Nullable String id;

	/** {@code null} unless the provider's API has members of its own. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	private final @Nullable ProviderState remarks;

	private final String endpoint;

	private final String model;

	private final String chain;

	private final boolean degraded;

	private final List<Segment> segments;

	private final List<Attempt> attempts;

	ChatResponse(ChatResponseBuilder builder) {
		this.text = builder.text;
		this.reasoning = builder.reasoning;
		this.toolCalls = List.copyOf(builder.toolCalls);
		this.annotations = List.copyOf(builder.annotations);
		this.earlierMessages = List.copyOf(builder.earlierMessages);
		this.finishReason = builder.finishReason;
		this.rawFinishReason = builder.rawFinishReason;
		this.usage = builder.usage;
		this.cost = builder.cost;
		this.id = builder.id;
		this.remarks = builder.remarks;
		this.endpoint = Objects.requireNonNull(builder.endpoint, "endpoint");
		this.model = Objects.requireNonNull(builder.model, "model");
		this.chain = builder.chain;
		this.degraded = builder.degraded;
		this.segments = List.copyOf(builder.segments);
		this.attempts = List.copyOf(builder.attempts);
		AssistantMessage given = builder.message;
		this.message = (given != null && !given.equals(plainMessage())) ? given : null;
	}

	/** Starts an answer. */
	public static ChatResponseBuilder builder() {
		return new ChatResponseBuilder();
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static ChatResponse read(ChatResponseBuilder builder) {
		return builder.build();
	}

	/** Starts an answer with everything that this one has. */
	public ChatResponseBuilder toBuilder() {
		return new ChatResponseBuilder(this);
	}

	/** The text, empty if the model only called tools. */
	public String text() {
		return this.text;
	}

	/** The reasoning text, empty if none was shown. */
	public String reasoning() {
		return this.reasoning;
	}

	/** The tools to run. */
	public List<ToolCall> toolCalls() {
		return this.toolCalls;
	}

	/** What providers note about the text, such as its sources. */
	public List<Annotation> annotations() {
		return this.annotations;
	}

	/**
	 * The answer as the message to send back in the next request of the conversation. It
	 * holds everything that the model wants back, such as its signed thoughts.
	 */
	public AssistantMessage toMessage() {
		return (this.message != null) ? this.message : plainMessage();
	}

	/**
	 * Everything that the next request of the conversation has to hold: the messages of
	 * the rounds before if tools were run for this answer, and the answer itself.
	 */
	public List<ChatMessage> toMessages() {
		List<ChatMessage> messages = new ArrayList<>(this.earlierMessages);
		messages.add(toMessage());
		return List.copyOf(messages);
	}

	List<ChatMessage> earlierMessages() {
		return this.earlierMessages;
	}

	private AssistantMessage plainMessage() {
		AssistantMessageBuilder builder = new AssistantMessageBuilder();
		builder.reasoning(this.reasoning);
		if (this.finishReason == FinishReason.REFUSAL) {
			builder.refusal(this.text);
		}
		else {
			builder.text(this.text);
		}
		this.toolCalls.forEach(builder::toolCall);
		return builder.build();
	}

	@Nullable AssistantMessage message() {
		return this.message;
	}

	/** Why the model stopped. */
	public FinishReason finishReason() {
		return this.finishReason;
	}

	/** The provider's own word for it, {@code null} if it gave none. */
	public @Nullable String rawFinishReason() {
		return this.rawFinishReason;
	}

	/** Tokens of all attempts as far as reported, {@code null} if none was. */
	public @Nullable Usage usage() {
		return this.usage;
	}

	/**
	 * What all attempts cost as far as their endpoints have a price, {@code null} if none
	 * has.
	 */
	public @Nullable Cost cost() {
		return this.cost;
	}

	/** The provider's id of the answer, {@code null} if unknown. */
	public @Nullable String id() {
		return this.id;
	}

	/**
	 * Members of the provider's answer that this library has no name for, such as a
	 * container in which tools ran; {@code null} if there are none. The next request does
	 * not need them.
	 */
	public @Nullable ProviderState remarks() {
		return this.remarks;
	}

	/** Name of the endpoint that gave the answer. */
	public String endpoint() {
		return this.endpoint;
	}

	/** The model as the provider named it. */
	public String model() {
		return this.model;
	}

	/** Name of the chain. */
	public String chain() {
		return this.chain;
	}

	/** Whether another endpoint than the chain's first gave the answer, or part of it. */
	public boolean degraded() {
		return this.degraded;
	}

	/** The parts of the text in order, each with the endpoint that wrote it. */
	public List<Segment> segments() {
		return this.segments;
	}

	/** Everything that was tried, oldest first. */
	public List<Attempt> attempts() {
		return this.attempts;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ChatResponse chatResponse && values().equals(chatResponse.values());
	}

	@Override
	public int hashCode() {
		return values().hashCode();
	}

	private List<@Nullable Object> values() {
		return Arrays.asList(this.text, this.reasoning, this.toolCalls, this.annotations, this.message,
				this.earlierMessages, this.finishReason, this.rawFinishReason, this.usage, this.cost, this.id,
				this.remarks, this.endpoint, this.model, this.chain, this.degraded, this.segments, this.attempts);
	}

	@Override
	public String toString() {
		return "ChatResponse[" + this.text.length() + " characters, endpoint=" + this.endpoint + ", model=" + this.model
				+ ", degraded=" + this.degraded + ", attempts=" + this.attempts.size() + "]";
	}

}
