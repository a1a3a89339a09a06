// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ToolCallParts;
import io.github.fallbackai.client.http.provider.catalogue.EndingWords;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * Makes events of what a chat model of Spring AI answers, whole or piece by piece. Not
 * safe for use by several threads.
 */
final class AnswerDecoder {

	private static final String REASONING = "reasoningContent";

	/** What Ollama's models call the same. With Spring AI 1.1 it describes the choice. */
	private static final String THINKING = "thinking";

	private final boolean reasonExpected;

	private final Map<String, Object> metadata = new LinkedHashMap<>();

	private boolean begun;

	/** Whether a piece of the answer came. Some begin with pieces of numbers only. */
	private boolean generated;

	/** The rules that hold for every provider: what is a whole tool call, and an end. */
	private final AnswerEvents answer = new AnswerEvents(new ResponseHead(200, Map.of()));

	/** The model's thoughts so far. */
	private final StringBuilder thoughts = new StringBuilder();

	/** A call that was delivered is run, so a model that dies must not have done that. */
	private final List<ToolCallParts> toolCalls = new ArrayList<>(0);

	private EndpointEvent.@Nullable Identified identity;

	private @Nullable String reason;

	/**
	 * @param reasonExpected whether an answer without a finish reason is cut off, as far
	 * as is known of this model
	 */
	AnswerDecoder(boolean reasonExpected) {
		this.reasonExpected = reasonExpected;
	}

	/** Whether the answer had a finish reason. */
	boolean gaveReason() {
		return this.reason != null;
	}

	/** Reads an answer, or a piece of it. */
	List<EndpointEvent> read(ChatResponse response) {
		List<EndpointEvent> events = new ArrayList<>();
		if (!this.begun) {
			this.begun = true;
			events.add(new EndpointEvent.Accepted(null, null));
		}
		ChatResponseMetadata told = response.getMetadata();
		if (told != null) {
			identify(told, events);
		}
		for (Generation generation : response.getResults()) {
			// Other choices than the first one are left out.
			if (generation.getOutput() != null
					&& !(generation.getOutput().getMetadata().get("index") instanceof Number n && n.intValue() > 0)) {
				read(generation);
			}
		}
		this.answer.passTo(events::add);
		if (told != null && told.getUsage() != null) {
			addUsage(told.getUsage(), events);
		}
		return events;
	}

	private void identify(ChatResponseMetadata told, List<EndpointEvent> events) {
		EndpointEvent.Identified seen = new EndpointEvent.Identified(orNull(told.getId()), orNull(told.getModel()));
		if ((seen.id() != null || seen.model() != null) && !seen.equals(this.identity)) {
			this.identity = seen;
			events.add(seen);
		}
	}

	private void read(Generation generation) {
		boolean first = !this.generated;
		this.generated = true;
		AssistantMessage message = generation.getOutput();
		boolean said = reason(generation);
		String text = message.getText();
		if (text != null && !text.isEmpty()) {
			said = true;
			if (thought(message)) {
				this.answer.reasoning(text);
			}
			else {
				this.answer.text(text);
			}
		}
		for (AssistantMessage.ToolCall call : message.getToolCalls()) {
			said = true;
			this.toolCalls.add(parts(call));
			this.answer.toolCallProgress();
		}
		keep(generation, message);
		if (!said && !first && !this.answer.hasText() && this.reason == null) {
			// Some models think without a word. Within a text this would begin another
			// part.
			this.answer.reasoning("");
		}
	}

	private ToolCallParts parts(AssistantMessage.ToolCall call) {
		String id = orNull(call.id());
		try {
			ToolCallParts parts = new ToolCallParts((id != null) ? id : "call_" + UUID.randomUUID(),
					Objects.requireNonNullElse(call.name(), ""));
			parts.addArguments(TextNode.valueOf(Objects.requireNonNullElse(call.arguments(), "")));
			return parts;
		}
		catch (IllegalArgumentException ex) {
			throw failed(FailureKind.INVALID_RESPONSE);
		}
	}

	private void keep(Generation generation, AssistantMessage message) {
		this.metadata.putAll(message.getMetadata());
		this.metadata.computeIfPresent(THINKING, (name, value) -> (value instanceof String) ? null : value);
		String word = (generation.getMetadata() != null) ? generation.getMetadata().getFinishReason() : null;
		if (word != null && EndingWords.given(word.strip())) {
			this.reason = word.strip();
		}
	}

	/** Whether the model told what it thinks. */
	private boolean reason(Generation generation) {
		Map<String, Object> metadata = generation.getOutput().getMetadata();
		Object apart = (generation.getMetadata() != null) ? generation.getMetadata().get(THINKING) : null;
		for (Object thought : new Object[] { metadata.get(REASONING), metadata.get(THINKING), apart }) {
			if (thought instanceof String reasoning && !reasoning.isEmpty()) {
				String more = more(reasoning);
				if (!more.isEmpty()) {
					this.answer.reasoning(more);
				}
				return !more.isEmpty();
			}
		}
		return false;
	}

	/** OpenAI's model of Spring AI 2 gives all thoughts again with each piece. */
	private String more(String reasoning) {
		int known = this.thoughts.length();
		boolean again = known > 0 && reasoning.length() >= known && reasoning.startsWith(this.thoughts.toString());
		String more = again ? reasoning.substring(known) : reasoning;
		this.thoughts.append(more);
		return more;
	}

	/** Models of Google mark a thought; those of Anthropic sign it or give it apart. */
	private static boolean thought(AssistantMessage message) {
		Map<String, Object> metadata = message.getMetadata();
		return Boolean.parseBoolean(String.valueOf(metadata.get("isThought"))) || metadata.containsKey("signature")
				|| Boolean.TRUE.equals(metadata.get("thinking"));
	}

	private static void addUsage(org.springframework.ai.chat.metadata.Usage usage, List<EndpointEvent> events) {
		long input = (usage.getPromptTokens() != null) ? usage.getPromptTokens() : 0;
		long output = (usage.getCompletionTokens() != null) ? usage.getCompletionTokens() : 0;
		if (input > 0 || output > 0) {
			events.add(new EndpointEvent.UsageReported(new Usage(input, output, null, null)));
		}
	}

	/**
	 * Says how the answer ends.
	 * @throws EndpointException if it is not complete
	 */
	List<EndpointEvent> end() {
		ProviderState state = KeptMetadata.write(this.metadata);
		if (state != null) {
			this.answer.state(state);
		}
		try {
			finish();
		}
		catch (EndpointException ex) {
			// There was no HTTP response that could be told.
			throw failed(ex.failure().kind());
		}
		return this.answer.take();
	}

	private void finish() {
		if (this.reason == null) {
			if (this.reasonExpected) {
				throw failed(FailureKind.CONNECTION_LOST);
			}
			this.answer.end(this.toolCalls);
			return;
		}
		this.answer.finish(this.reason, this.toolCalls);
	}

	private EndpointException failed(FailureKind kind) {
		return new EndpointException(Failure.of(kind).providerCode(this.reason).build());
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text != null && !text.isBlank()) ? text : null;
	}

}
