// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered earlier in the conversation: its parts in the order in which
 * the model produced them. {@link ChatResponse#toMessage()} makes one of an answer, with
 * everything that the model wants back.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class AssistantMessage implements ChatMessage {

	private final String text;

	private final List<ToolCall> toolCalls;

	/** Empty unless text and tool calls alone would not tell everything. */
	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	@JsonSubTypes({ @JsonSubTypes.Type(value = TextPart.class, name = "text"),
			@JsonSubTypes.Type(value = ReasoningPart.class, name = "reasoning"),
			@JsonSubTypes.Type(value = RefusalPart.class, name = "refusal"),
			@JsonSubTypes.Type(value = ToolCall.class, name = "tool-call") })
	private final List<AssistantPart> parts;

	@JsonInclude(JsonInclude.Include.NON_NULL)
	private final @Nullable ProviderState state;

	/**
	 * @param text the text, empty if it only called tools
	 * @param toolCalls the tools it called
	 */
	public AssistantMessage(String text, List<ToolCall> toolCalls) {
		this(text, toolCalls, List.of(), null);
	}

	/**
	 * A message in parts.
	 * @param parts the parts in the order in which the model produced them
	 * @param state members of the whole message that its maker wants back, {@code null}
	 * if there are none
	 */
	public AssistantMessage(List<AssistantPart> parts, @Nullable ProviderState state) {
		this(text(parts), toolCalls(parts), parts, state);
	}

	@JsonCreator
	private AssistantMessage(@JsonProperty("text") String text, @JsonProperty("toolCalls") List<ToolCall> toolCalls,
			@JsonProperty("parts") @Nullable List<AssistantPart> parts,
			@JsonProperty("state") @Nullable ProviderState state) {
		this.text = text;
		this.toolCalls = List.copyOf(toolCalls);
		this.parts = (parts == null || parts.equals(plain(text, toolCalls))) ? List.of() : List.copyOf(parts);
		this.state = state;
	}

	private static List<AssistantPart> plain(String text, List<ToolCall> toolCalls) {
		List<AssistantPart> parts = new ArrayList<>(toolCalls.size() + 1);
		if (!text.isEmpty()) {
			parts.add(new TextPart(text));
		}
		parts.addAll(toolCalls);
		return parts;
	}

	private static String text(List<AssistantPart> parts) {
		List<String> texts = new ArrayList<>(1);
		for (AssistantPart part : parts) {
			if (part instanceof TextPart piece) {
				texts.add(piece.text());
			}
			else if (part instanceof RefusalPart refusal) {
				texts.add(refusal.text());
			}
		}
		// Long texts are often in one part, and are not copied then.
		return (texts.size() == 1) ? texts.get(0) : String.join("", texts);
	}

	private static List<ToolCall> toolCalls(List<AssistantPart> parts) {
		List<ToolCall> calls = List.of();
		for (AssistantPart part : parts) {
			if (part instanceof ToolCall call) {
				calls = calls.isEmpty() ? new ArrayList<>() : calls;
				calls.add(call);
			}
		}
		return calls;
	}

	/** The text, a refusal included; empty if it only called tools. */
	public String text() {
		return this.text;
	}

	/** The tools it called. */
	public List<ToolCall> toolCalls() {
		return this.toolCalls;
	}

	/**
	 * The parts in the order in which the model produced them; none of an empty message.
	 */
	public List<AssistantPart> parts() {
		return this.parts.isEmpty() ? List.copyOf(plain(this.text, this.toolCalls)) : this.parts;
	}

	/** What it thought, as far as the provider showed it; empty if it showed nothing. */
	public String reasoning() {
		StringBuilder reasoning = new StringBuilder();
		for (AssistantPart part : this.parts) {
			if (part instanceof ReasoningPart thought) {
				reasoning.append(thought.text());
			}
		}
		return reasoning.toString();
	}

	/**
	 * Members of the whole message that its maker wants back, {@code null} if there are
	 * none.
	 */
	public @Nullable ProviderState state() {
		return this.state;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AssistantMessage assistantMessage && this.text.equals(assistantMessage.text)
				&& this.toolCalls.equals(assistantMessage.toolCalls) && this.parts.equals(assistantMessage.parts)
				&& Objects.equals(this.state, assistantMessage.state);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.text, this.toolCalls, this.parts, this.state);
	}

	@Override
	public String toString() {
		return "AssistantMessage[" + this.text.length() + " characters, " + this.toolCalls.size() + " tool calls]";
	}

}
