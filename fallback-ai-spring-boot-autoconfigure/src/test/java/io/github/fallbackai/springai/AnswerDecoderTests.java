// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import static io.github.fallbackai.springai.ChatModelEndpointTests.piece;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AnswerDecoderTests {

	private final AnswerDecoder decoder = new AnswerDecoder(false);

	/**
	 * A model of Ollama thinks for minutes, and its stream has nothing but empty pieces.
	 */
	@Test
	void emptyPiecesAfterTheFirstAreHiddenThoughts() {
		assertThat(this.decoder.read(piece("", null))).containsExactly(new EndpointEvent.Accepted(null, null));
		assertThat(this.decoder.read(piece("", null))).containsExactly(new EndpointEvent.Reasoning(""));
		assertThat(this.decoder.read(piece("Hi", null))).containsExactly(new EndpointEvent.Text("Hi"));
	}

	/** Models over Azure and Anthropic begin with numbers, then with an empty piece. */
	@Test
	void thePrologueOfAStreamIsNoThought() {
		assertThat(this.decoder.read(usage())).hasSize(2);
		assertThat(this.decoder.read(piece("", null))).isEmpty();
		assertThat(this.decoder.read(piece("", null))).containsExactly(new EndpointEvent.Reasoning(""));
	}

	/**
	 * OpenAI's model of Spring AI 1.1 gives each thought once, that of 2.0 all with each
	 * piece.
	 */
	@Test
	void tellsEachThoughtOnce() {
		for (List<String> pieces : List.of(List.of("Hm", ", a", " lamp."), List.of("Hm", "Hm, a", "Hm, a lamp."))) {
			AnswerDecoder fresh = new AnswerDecoder(false);
			List<EndpointEvent> events = new ArrayList<>();
			pieces.forEach((piece) -> events.addAll(fresh.read(thinking(piece, ""))));
			events.addAll(fresh.read(thinking("Hm, a lamp.", "It is ")));
			events.addAll(fresh.read(thinking("Hm, a lamp.", "a lamp.")));
			assertThat(events.subList(1, events.size())).containsExactly(new EndpointEvent.Reasoning("Hm"),
					new EndpointEvent.Reasoning(", a"), new EndpointEvent.Reasoning(" lamp."),
					new EndpointEvent.Text("It is "), new EndpointEvent.Text("a lamp."));
		}
	}

	@Test
	void aToolCallWithoutANameIsNoToolCall() {
		for (String name : new String[] { null, "x".repeat(2000) }) {
			AssistantMessage message = AssistantMessage.builder()
				.content("")
				.toolCalls(List.of(new AssistantMessage.ToolCall("c1", "function", name, "{}")))
				.build();
			AnswerDecoder fresh = new AnswerDecoder(false);
			assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> {
				fresh.read(new ChatResponse(List
					.of(new Generation(message, ChatGenerationMetadata.builder().finishReason("tool_calls").build()))));
				fresh.end();
			}).satisfies((ex) -> assertThat(ex.failure().kind()).isEqualTo(FailureKind.INVALID_RESPONSE));
		}
	}

	/** The text would fall into two parts. */
	@Test
	void emptyPiecesWithinTheTextAreNothing() {
		this.decoder.read(piece("Hi", null));
		assertThat(this.decoder.read(piece("", null))).isEmpty();
	}

	@Test
	void whatOnlyEndsOrCountsIsNoThought() {
		this.decoder.read(piece("", null));
		assertThat(this.decoder.read(piece("", "stop"))).isEmpty();
		assertThat(this.decoder.read(piece("", null))).isEmpty();
		assertThat(new AnswerDecoder(false).read(usage())).doesNotContain(new EndpointEvent.Reasoning(""));
		this.decoder.read(usage());
		assertThat(this.decoder.read(usage())).hasOnlyElementsOfType(EndpointEvent.UsageReported.class);
	}

	/** Where models of Ollama have it: with Spring AI 1.1 and with 2.0. */
	@Test
	void readsThoughtsBesideTheText() {
		ChatResponse one = response(Map.of(), ChatGenerationMetadata.builder().metadata("thinking", "Hm.").build());
		ChatResponse two = response(Map.of("thinking", "Hm."), ChatGenerationMetadata.NULL);
		for (ChatResponse response : List.of(one, two)) {
			AnswerDecoder fresh = new AnswerDecoder(false);
			assertThat(fresh.read(response)).contains(new EndpointEvent.Reasoning("Hm."), new EndpointEvent.Text("Hi"));
			assertThat(fresh.end()).containsExactly(new EndpointEvent.Finished(FinishReason.STOP, null));
		}
	}

	@Test
	void givesToolCallsOnlyWithTheEndOfTheAnswer() {
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("c1", "function", "weather", "{}")))
			.build();
		assertThat(this.decoder.read(new ChatResponse(List.of(new Generation(message)))))
			.containsExactly(new EndpointEvent.Accepted(null, null), new EndpointEvent.ToolCallProgress());
		assertThat(this.decoder.end()).hasSize(2)
			.first()
			.isInstanceOfSatisfying(EndpointEvent.ToolCallComplete.class,
					(complete) -> assertThat(complete.toolCall().id()).isEqualTo("c1"));
	}

	@Test
	void aToolCallThatWasCutIsNoToolCall() {
		assertThat(failure("{\"city\":\"Os", "TOOL_CALLS")).isEqualTo(FailureKind.INVALID_RESPONSE);
		assertThat(failure("{\"city\":\"Os", null)).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(end("{\"city\":\"Os", "LENGTH"))
			.containsExactly(new EndpointEvent.Finished(FinishReason.LENGTH, "LENGTH"));
	}

	/** Models of Google always say "stop". */
	@Test
	void anAnswerWithToolCallsEndsWithThem() {
		assertThat(end("{}", "STOP")).hasSize(2).endsWith(new EndpointEvent.Finished(FinishReason.TOOL_CALLS, "STOP"));
		assertThat(end("", null)).hasSize(2).endsWith(new EndpointEvent.Finished(FinishReason.TOOL_CALLS, null));
	}

	private static @Nullable FailureKind failure(String arguments, @Nullable String reason) {
		return assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> end(arguments, reason))
			.actual()
			.failure()
			.kind();
	}

	private static List<EndpointEvent> end(String arguments, @Nullable String reason) {
		AssistantMessage message = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("c1", "function", "weather", arguments)))
			.build();
		ChatGenerationMetadata metadata = (reason != null)
				? ChatGenerationMetadata.builder().finishReason(reason).build() : ChatGenerationMetadata.NULL;
		AnswerDecoder decoder = new AnswerDecoder(false);
		decoder.read(new ChatResponse(List.of(new Generation(message, metadata))));
		return decoder.end();
	}

	private static ChatResponse thinking(String thoughts, String text) {
		return new ChatResponse(List.of(new Generation(
				AssistantMessage.builder().content(text).properties(Map.of("reasoningContent", thoughts)).build())));
	}

	private static ChatResponse usage() {
		return new ChatResponse(List.of(), ChatResponseMetadata.builder().usage(new DefaultUsage(1, 2)).build());
	}

	private static ChatResponse response(Map<String, Object> message, ChatGenerationMetadata generation) {
		return new ChatResponse(List
			.of(new Generation(AssistantMessage.builder().content("Hi").properties(message).build(), generation)));
	}

}
