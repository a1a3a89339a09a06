// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.net.http.HttpResponse;
import java.util.List;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an answer cites, and why a model refuses, reach clients of this API and go back.
 */
class CitationsTests {

	private static final String CITATION = """
			{"type":"char_location","cited_text":"%s","document_index":0,"document_title":"Notes","start_char_index":0,"end_char_index":5}""";

	private static final String WHOLE = """
			{"id":"msg_1","type":"message","role":"assistant","model":"m","stop_reason":"end_turn","stop_sequence":null,
			"usage":{"input_tokens":3,"output_tokens":4},"content":[{"type":"text","text":"It says "},
			{"type":"text","text":"the grass is green","citations":[%s,%s]},{"type":"text","text":"."}]}"""
		.formatted(CITATION.formatted("Grass"), CITATION.formatted("green"));

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void belongToTheirTextAndGoBackWithIt(boolean streamed) {
		first
			.always(Outcome.raw(200, streamed ? "text/event-stream" : "application/json", streamed ? stream() : WHOLE));
		MessageCreateParams question = question();
		Message message = streamed ? accumulate(question) : gateway.client().messages().create(question);
		assertThat(message.validate().content()).extracting((block) -> block.asText().text())
			.containsExactly("It says ", "the grass is green", ".");
		assertThat(message.content().get(0).asText().citations()).isEmpty();
		assertThat(message.content().get(1).asText().citations().orElseThrow())
			.extracting((citation) -> citation.asCharLocation().citedText())
			.containsExactly("Grass", "green");
		first.always(Outcome.answer("Good."));
		gateway.client().messages().create(question.toBuilder().addMessage(message).addUserMessage("Thanks.").build());
		JsonNode said = first.requests().get(1).body().at("/messages/1/content");
		JsonNode expected = MessagesGateway.json(WHOLE).path("content");
		assertThat(said.path(1).path("citations")).isEqualTo(expected.path(1).path("citations"));
		assertThat(said.findValuesAsText("text")).isEqualTo(expected.findValuesAsText("text"));
		assertThat(first.requests().get(1).refusal()).isNull();
	}

	@Test
	void areLeftOutForOtherProviders() {
		HttpResponse<String> response = gateway.post("/v1/messages", """
				{"model":"openai-openai","max_tokens":9,"messages":[{"role":"user","content":"Hi"},
				{"role":"assistant","content":[{"type":"text","text":"Green.","citations":[%s]}]},
				{"role":"user","content":"Thanks."}]}""".formatted(CITATION.formatted("Grass")));
		assertThat(response.headers().firstValue("x-fallback-ai-left-out")).contains("messages.content.citations");
		assertThat(first.requests().get(0).body().toString()).contains("Green.").doesNotContain("char_location");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRefusalSaysWhy(boolean streamed) {
		first.always(Outcome.answer(Answer.refusal("Not this.")));
		second.always(Outcome.answer(Answer.refusal("Not this.")));
		MessageCreateParams question = question().toBuilder().model("anthropic-anthropic").build();
		Message message = streamed ? accumulate(question) : gateway.client().messages().create(question);
		assertThat(message.stopReason()).contains(StopReason.REFUSAL);
		assertThat(message.stopDetails().orElseThrow().explanation()).contains("Not this.");
	}

	private static MessageCreateParams question() {
		return MessageCreateParams.builder().model("anthropic-openai").maxTokens(500).addUserMessage("Colour?").build();
	}

	private static Message accumulate(MessageCreateParams question) {
		MessageAccumulator accumulator = MessageAccumulator.create();
		try (StreamResponse<RawMessageStreamEvent> events = gateway.client().messages().createStreaming(question)) {
			events.stream().forEach((event) -> accumulator.accumulate(event.validate()));
		}
		return accumulator.message();
	}

	private static String stream() {
		StringBuilder stream = new StringBuilder();
		event(stream,
				"""
						{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],
						"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":1}}}""");
		List<List<String>> blocks = List.of(List.of("It says "), List.of("the grass", " is green"), List.of("."));
		for (int index = 0; index < blocks.size(); index++) {
			event(stream, "{\"type\":\"content_block_start\",\"index\":" + index
					+ ",\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
			for (String text : blocks.get(index)) {
				delta(stream, index, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
			}
			if (index == 1) {
				delta(stream, index, "{\"type\":\"citations_delta\",\"citation\":" + CITATION.formatted("Grass") + "}");
				delta(stream, index, "{\"type\":\"citations_delta\",\"citation\":" + CITATION.formatted("green") + "}");
			}
			event(stream, "{\"type\":\"content_block_stop\",\"index\":" + index + "}");
		}
		event(stream,
				"""
						{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":4}}""");
		event(stream, "{\"type\":\"message_stop\"}");
		return stream.toString();
	}

	private static void delta(StringBuilder stream, int index, String delta) {
		event(stream, "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}");
	}

	private static void event(StringBuilder stream, String json) {
		String line = json.replace("\n", "");
		stream.append("event: ")
			.append(MessagesGateway.json(line).path("type").asText())
			.append("\ndata: ")
			.append(line)
			.append("\n\n");
	}

}
