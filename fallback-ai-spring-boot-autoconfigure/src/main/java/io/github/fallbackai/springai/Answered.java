// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * An answer, or a piece of one, as Spring AI has it.
 *
 * @param response the answer
 * @param usage the tokens of all rounds of tools so far, {@code null} if unknown
 */
record Answered(ChatResponse response, @Nullable Usage usage) {

	/** Metadata of a message: what the model thought. The name is the one of others. */
	private static final String REASONING = "reasoningContent";

	private static final String REFUSAL = "refusal";

	private static final String ANNOTATIONS = "annotations";

	/** Metadata of a response: the endpoint that gave the answer. */
	private static final String ENDPOINT = "fallbackAiEndpoint";

	private static final String CHAIN = "fallbackAiChain";

	private static final String DEGRADED = "fallbackAiDegraded";

	private static final String ATTEMPTS = "fallbackAiAttempts";

	/** The whole answer. */
	static Answered whole(io.github.fallbackai.chat.ChatResponse answer, @Nullable Usage before) {
		return of(answer, answer.text(), before);
	}

	/** The piece of a stream that an event is; none if Spring AI has nothing like it. */
	static List<Answered> piece(ChatEvent event, @Nullable Usage before) {
		if (event instanceof ChatEvent.ContentDelta delta) {
			return List.of(delta(delta.text(), Map.of()));
		}
		if (event instanceof ChatEvent.ReasoningDelta delta) {
			return List.of(delta("", Map.of(REASONING, delta.text())));
		}
		if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
			throw new IllegalStateException("The answer begins again, and a stream of Spring AI cannot");
		}
		// The text came before.
		return (event instanceof ChatEvent.Completed completed) ? List.of(of(completed.response(), "", before))
				: List.of();
	}

	private static Answered delta(String text, Map<String, Object> metadata) {
		return new Answered(new ChatResponse(List.of(new Generation(message(text, metadata, List.of())))), null);
	}

	private static Answered of(io.github.fallbackai.chat.ChatResponse answer, String text, @Nullable Usage before) {
		ChatGenerationMetadata.Builder generation = ChatGenerationMetadata.builder();
		generation.finishReason(finishReason(answer));
		Usage usage = sum(answer.usage(), before);
		return new Answered(new ChatResponse(
				List.of(new Generation(message(text, metadata(answer), answer.toolCalls()), generation.build())),
				metadata(answer, usage)), usage);
	}

	/** The words of Spring AI's own models. A word that no table knows stays as it is. */
	private static String finishReason(io.github.fallbackai.chat.ChatResponse answer) {
		String raw = answer.rawFinishReason();
		return (answer.finishReason() == FinishReason.OTHER && raw != null) ? raw : answer.finishReason().name();
	}

	private static AssistantMessage message(String text, Map<String, Object> metadata, List<ToolCall> toolCalls) {
		return AssistantMessage.builder()
			.content(text)
			.properties(metadata)
			.toolCalls(toolCalls.stream()
				.map((call) -> new AssistantMessage.ToolCall(call.id(), "function", call.name(), call.arguments()))
				.toList())
			.build();
	}

	private static Map<String, Object> metadata(io.github.fallbackai.chat.ChatResponse answer) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		String kept = KeptMessage.write(answer.toMessage());
		if (kept != null) {
			metadata.put(KeptMessage.KEY, kept);
		}
		if (!answer.reasoning().isEmpty()) {
			metadata.put(REASONING, answer.reasoning());
		}
		if (answer.finishReason() == FinishReason.REFUSAL) {
			metadata.put(REFUSAL, answer.text());
		}
		if (!answer.annotations().isEmpty()) {
			metadata.put(ANNOTATIONS, answer.annotations().stream().map(Annotation::json).toList());
		}
		return metadata;
	}

	private static ChatResponseMetadata metadata(io.github.fallbackai.chat.ChatResponse answer, @Nullable Usage usage) {
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder()
			.model(answer.model())
			.keyValue(ENDPOINT, answer.endpoint())
			.keyValue(CHAIN, answer.chain())
			.keyValue(DEGRADED, answer.degraded())
			.keyValue(ATTEMPTS, answer.attempts().size());
		if (answer.id() != null) {
			metadata.id(answer.id());
		}
		if (usage != null) {
			metadata.usage(new DefaultUsage(tokens(usage.inputTokens()), tokens(usage.outputTokens()),
					tokens(usage.totalTokens()), usage));
		}
		return metadata.build();
	}

	private static int tokens(long tokens) {
		return (int) Math.min(tokens, Integer.MAX_VALUE);
	}

	private static @Nullable Usage sum(@Nullable Usage one, @Nullable Usage other) {
		if (one == null) {
			return other;
		}
		return (other != null) ? one.plus(other) : one;
	}

}
