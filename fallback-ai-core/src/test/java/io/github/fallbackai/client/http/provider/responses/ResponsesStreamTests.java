// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantMessageBuilder;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of how {@link ResponsesDialect} reads answers.
 */
class ResponsesStreamTests {

	private static final ResponseHead HEAD = new ResponseHead(200, Map.of());

	@ParameterizedTest
	@ValueSource(strings = { "items-only", "completed-only" })
	void readsItemsThatDidNotComeInDeltas(String fixture) {
		AssistantMessage message = message(stream(fixture));

		assertThat(message.reasoning()).isEqualTo("Let me think.");
		assertThat(message.text()).isEqualTo("Guten Tag 👋");
		assertThat(message.toolCalls()).containsExactly(new ToolCall("call_a", "weather", "{\"city\":\"Oslo\"}"));
		assertThat(((ReasoningPart) message.parts().get(0)).encrypted()).isEqualTo("gAAAAABoc2VjcmV0");
	}

	@Test
	void readsARefusal() {
		for (List<EndpointEvent> events : List.of(stream("refusal"), whole("refusal"))) {
			assertThat(events).contains(new EndpointEvent.RefusalBegan())
				.contains(new EndpointEvent.Finished(FinishReason.REFUSAL, "completed"));
			assertThat(events.stream().filter(EndpointEvent.PartEnded.class::isInstance)).hasSize(1)
				.first()
				.extracting((event) -> ((EndpointEvent.PartEnded) event).part())
				.isInstanceOf(RefusalPart.class);
		}
	}

	@Test
	void ignoresEventsAndKeepsItemsThatItDoesNotKnow() {
		List<EndpointEvent> events = stream("unknown-events");

		AssistantMessage message = message(events);
		assertThat(message.text()).isEqualTo("Guten Tag 👋");
		assertThat(message.parts()).hasSize(2).allMatch(TextPart.class::isInstance);
		assertThat(message.parts().get(0).state().json()).isEqualTo(
				"{\"item\":{\"type\":\"web_search_call\",\"action\":{\"type\":\"search\",\"query\":\"Oslo\"},\"status\":\"completed\"}}");
		assertThat(message.parts().get(1).state().json()).isEqualTo("{\"phase\":\"final_answer\"}");
		assertThat(events.stream().filter(EndpointEvent.Annotated.class::isInstance)).hasSize(1);
	}

	@Test
	void keepsThoughtsThatAreNotShown() {
		List<EndpointEvent> events = stream("hidden-reasoning");

		AssistantMessage message = message(events);
		ReasoningPart thought = (ReasoningPart) message.parts().get(0);
		assertThat(thought.redacted()).isTrue();
		assertThat(thought.state().json()).isEqualTo("{\"summary\":[]}");
		assertThat(message.toolCalls()).singleElement()
			.satisfies((call) -> assertThat(call.state().json()).isEqualTo("{\"namespace\":\"tools\"}"));
		assertThat(message.toolCalls().get(0).arguments()).isEqualTo("{\"city\":\"Oslo\"}");
	}

	/** Of xAI's searches in X, nothing else is told until the model goes on. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			x_search | true | {'tools':[{'type':'custom','name':'patch'}]}
			patch | false | {'tools':[{'type':'custom','name':'patch'}]}
			patch | true | {'prompt':null}
			patch | false | {'prompt':{'id':'pmpt_9'}}
			patch | false | {'tools':[{'type':'namespace','name':'files','tools':[{'type':'custom','name':'patch'}]}]}
			patch | false | {'input':[{'type':'tool_search_output','tools':[{'type':'custom','name':'patch'}]}]}
			patch | false | {'input':[{'type':'additional_tools','tools':[{'type':'custom','name':'patch'}]}]}
			patch | false | {'input':[{'type':'new_kind','tools':[{'type':'custom','name':'patch'}]}]}
			patch | true | {'input':[{'type':'mcp_list_tools','tools':[{'name':'patch'}]}]}
			""")
	void waitsForToolsOfTheProviderThatLookLikeTheClients(String name, boolean silent, String request) {
		StreamDecoder decoder = ResponsesDialect.openAi()
			.answering(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
			.streamDecoder(HEAD);
		List<EndpointEvent> events = new ArrayList<>();
		for (String kind : new String[] { "added", "done" }) {
			events.addAll(decoder.decode(new ServerEvent(ServerEvent.MESSAGE, "{\"type\":\"response.output_item." + kind
					+ "\",\"output_index\":0,\"item\":{\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"name\":\""
					+ name + "\"}}")));
		}
		assertThat(events.contains(new EndpointEvent.SilentWork(true))).isEqualTo(silent);
		assertThat(events.contains(new EndpointEvent.ToolCallProgress())).isEqualTo(!silent);
		assertThat(events.contains(new EndpointEvent.SilentWork(false))).isFalse();
	}

	@Test
	void dropsACallThatWasCut() {
		assertThat(stream("tool-call-cut-by-length"))
			.contains(new EndpointEvent.Finished(FinishReason.LENGTH, "max_output_tokens"))
			.noneMatch(EndpointEvent.ToolCallComplete.class::isInstance);
	}

	@ParameterizedTest
	@CsvSource({ "failed-rate-limit, RATE_LIMITED", "failed-without-error, SERVER_ERROR", "cancelled, SERVER_ERROR" })
	void failsWithTheResponse(String fixture, FailureKind kind) {
		assertThat(catchThrowableOfType(EndpointException.class, () -> stream(fixture)).failure().kind())
			.isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "in_progress, INVALID_RESPONSE", "queued, INVALID_RESPONSE", "failed, SERVER_ERROR",
			"cancelled, SERVER_ERROR" })
	void isNoAnswerUnlessItIsComplete(String status, FailureKind kind) {
		byte[] body = ("{\"id\":\"r\",\"status\":\"" + status + "\",\"output\":[]}").getBytes();
		assertThat(
				catchThrowableOfType(EndpointException.class, () -> ResponsesDialect.openAi().decodeUnary(HEAD, body))
					.failure()
					.kind())
			.isEqualTo(kind);
	}

	@Test
	void anUnknownEndIsNoNormalOne() {
		byte[] body = ("{\"id\":\"r\",\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"moon\"},\"output\":["
				+ "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}")
			.getBytes();
		assertThat(ResponsesDialect.openAi().decodeUnary(HEAD, body))
			.contains(new EndpointEvent.Finished(FinishReason.OTHER, "moon"));
	}

	private static List<EndpointEvent> stream(String fixture) {
		StreamDecoder decoder = ResponsesDialect.openAi().streamDecoder(HEAD);
		List<EndpointEvent> events = new ArrayList<>();
		for (ServerEvent event : Fixtures.events("openai-responses/streams/" + fixture + ".sse")) {
			events.addAll(decoder.decode(event));
		}
		events.addAll(decoder.end());
		return events;
	}

	private static List<EndpointEvent> whole(String fixture) {
		return ResponsesDialect.openAi()
			.decodeUnary(HEAD, Fixtures.bytes("openai-responses/answers/" + fixture + ".json"));
	}

	private static AssistantMessage message(List<EndpointEvent> events) {
		AssistantMessageBuilder message = new AssistantMessageBuilder();
		for (EndpointEvent event : events) {
			if (event instanceof EndpointEvent.Text text) {
				message.text(text.text());
			}
			else if (event instanceof EndpointEvent.Reasoning thought) {
				message.reasoning(thought.text());
			}
			else if (event instanceof EndpointEvent.PartEnded ended) {
				message.endPart(ended.part());
			}
			else if (event instanceof EndpointEvent.ToolCallComplete complete) {
				message.toolCall(complete.toolCall());
			}
		}
		return message.build();
	}

}
