// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ChatResponseBuilder;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.relay.RelayedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link EventEncoder} and {@link WholeMessage}.
 */
class EventEncoderTests {

	private static final ProviderState CLAUDE = new ProviderState("claude", "anthropic", "{}");

	private static final ReasoningPart SIGNED = new ReasoningPart("Hm", "signature", null, CLAUDE);

	private static final ReasoningPart HIDDEN = new ReasoningPart("", null, "hidden", CLAUDE);

	private static final ToolCall CALL = new ToolCall("toolu_1", "weather", "{\"town\":\"Oslo\"}");

	private final EventEncoder encoder = new EventEncoder(List.of("END"), "claude"::equals, "req_1");

	private final StringBuilder stream = new StringBuilder();

	@Test
	void writesTextAsOneBlock() {
		relay(new ChatEvent.AttemptStarted(1, "claude", "model-a"));
		assertThat(this.stream).isEmpty();
		relay(new ChatEvent.ContentDelta("Hello "));
		relay(new ChatEvent.ContentDelta("there"));
		MessageStreamCheck check = complete(response().text("Hello there").usage(new Usage(30, 5, 10L, 2L, 3L)));
		assertThat(check.types()).containsExactly("text");
		assertThat(check.text()).isEqualTo("Hello there");
		assertThat(check.message().path("stop_reason").asText()).isEqualTo("end_turn");
		assertThat(check.message().path("model").asText()).isEqualTo("model-a");
		assertThat(check.message().path("usage")).isEqualTo(json("""
				{"input_tokens":17,"cache_creation_input_tokens":3,"cache_read_input_tokens":10,"output_tokens":5,
				"output_tokens_details":{"thinking_tokens":2}}"""));
	}

	@Test
	void signsThoughtsWithTheirMaker() {
		relay(new ChatEvent.ReasoningDelta("Hm"));
		relay(new ChatEvent.ContentDelta("So"), SIGNED.withText(""), HIDDEN);
		relay(new ChatEvent.ToolCallReady(CALL));
		AssistantMessage whole = new AssistantMessage(List.of(SIGNED, HIDDEN, new TextPart("So"), CALL), null);
		MessageStreamCheck check = complete(response().message(whole).finishReason(FinishReason.TOOL_CALLS));
		assertThat(check.types()).containsExactly("thinking", "redacted_thinking", "text", "tool_use");
		assertThat(check.content().path(3)).isEqualTo(json("""
				{"type":"tool_use","id":"toolu_1","name":"weather","input":{"town":"Oslo"}}"""));
		assertThat(check.message().path("stop_reason").asText()).isEqualTo("tool_use");
		assertThat(read(check.content())).isEqualTo(whole);
		assertThat(read(whole(whole))).isEqualTo(whole);
	}

	@Test
	void carriesWhatModelsOfOtherFormatsWantBack() {
		ToolCall signed = CALL.withState(new ProviderState("gemini", "gemini", "{\"thoughtSignature\":\"abc\"}"));
		ReasoningPart thought = new ReasoningPart("Hm", null, null,
				new ProviderState("gemini", "gemini", "{\"thoughtSignature\":\"abc\"}"));
		AssistantMessage whole = new AssistantMessage(List.of(thought, new TextPart("So"), signed), null);
		relay("gemini", new ChatEvent.ReasoningDelta("Hm"));
		assertThat(this.stream).as("nobody asked for thoughts").isEmpty();
		relay("gemini", new ChatEvent.ContentDelta("So"), thought.withText(""));
		relay("gemini", new ChatEvent.ToolCallReady(signed));
		MessageStreamCheck check = complete(response().message(whole).finishReason(FinishReason.TOOL_CALLS));
		assertThat(check.types()).containsExactly("text", "redacted_thinking", "tool_use");
		assertThat(read(check.content())).isEqualTo(whole);
		assertThat(read(whole(whole))).isEqualTo(whole);
	}

	@Test
	void writesBlocksThatOnlyTheProviderKnows() {
		TextPart search = new TextPart("").withState(BlockState.ofBlock(GatewayJson
			.read("{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"q\":1}}".getBytes())
			.object()));
		TextPart found = new TextPart("").withState(BlockState
			.ofBlock(GatewayJson.read("{\"type\":\"web_search_tool_result\",\"content\":[1]}".getBytes()).object()));
		relay(new ChatEvent.ContentDelta("Let me search."));
		relay(new ChatEvent.ContentDelta("Found."), search, found);
		MessageStreamCheck check = complete(response().text("Let me search.Found."));
		assertThat(check.types()).containsExactly("text", "server_tool_use", "web_search_tool_result", "text");
		assertThat(check.content().path(1).path("input")).isEqualTo(json("{\"q\":1}"));
	}

	@Test
	void endsTheThoughtOfAModelThatBrokeOff() {
		relay(new ChatEvent.ReasoningDelta("Half a"));
		relay(new ChatEvent.EndpointSwitched("claude", "backup", "model-b", FailureKind.CONNECTION_LOST, false));
		relay(new ChatEvent.ReasoningDelta("Another"));
		relay(new ChatEvent.ContentDelta("So"), SIGNED.withText(""));
		MessageStreamCheck check = complete(response().text("So"));
		assertThat(check.types()).containsExactly("thinking", "thinking", "text");
		assertThat(check.content().path(0).path("signature").asText()).isEmpty();
		assertThat(check.content().path(1).path("signature").asText()).isNotEmpty();
	}

	@Test
	void goesOnWithTheTextOfAModelThatBrokeOff() {
		relay(new ChatEvent.ContentDelta("Half "));
		relay(new ChatEvent.EndpointSwitched("claude", "backup", "model-b", FailureKind.CONNECTION_LOST, false));
		relay(new ChatEvent.ContentDelta("whole"));
		assertThat(complete(response().text("Half whole")).types()).containsExactly("text");
	}

	@Test
	void saysWhyTheModelStopped() {
		assertThat(stop(FinishReason.STOP, "stop_sequence")).isEqualTo("stop_sequence/END");
		assertThat(stop(FinishReason.STOP, "stop")).isEqualTo("end_turn/null");
		assertThat(stop(FinishReason.LENGTH, "length")).isEqualTo("max_tokens/null");
		assertThat(stop(FinishReason.LENGTH, "model_context_window_exceeded"))
			.isEqualTo("model_context_window_exceeded/null");
		assertThat(stop(FinishReason.REFUSAL, "refusal")).isEqualTo("refusal/null");
		assertThat(stop(FinishReason.CONTENT_FILTER, "safety")).isEqualTo("refusal/null");
		assertThat(stop(FinishReason.OTHER, "pause_turn")).isEqualTo("pause_turn/null");
		assertThat(stop(FinishReason.OTHER, null)).isEqualTo("other/null");
	}

	@Test
	void endsWithAnErrorInTheStream() {
		relay(new ChatEvent.ContentDelta("Half"));
		String frame = this.encoder.fail(GatewayError.server(502, "stream_interrupted", "Broken."));
		assertThat(frame).isEqualTo("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\","
				+ "\"message\":\"Broken.\"},\"request_id\":\"req_1\"}\n\n");
	}

	private static String stop(FinishReason reason, String raw) {
		JsonNode message = GatewayJson
			.read(WholeMessage.encode(response().text("a").finishReason(reason).rawFinishReason(raw).build(),
					List.of("END"), false))
			.value();
		return message.path("stop_reason").asText() + '/' + message.path("stop_sequence").asText();
	}

	private static JsonNode whole(AssistantMessage message) {
		return GatewayJson.read(WholeMessage.encode(response().message(message).build(), List.of(), false))
			.value()
			.path("content");
	}

	private static AssistantMessage read(JsonNode content) {
		return AssistantBlocks.read(GatewayJson.read(("{\"content\":" + content + "}").getBytes()).get("content"),
				new Needs());
	}

	private void relay(ChatEvent event, AssistantPart... ended) {
		relay("claude", event, ended);
	}

	private void relay(String endpoint, ChatEvent event, AssistantPart... ended) {
		String frame = this.encoder.encode(new RelayedEvent(event, endpoint, "model-a", false, List.of(ended), null));
		this.stream.append((frame != null) ? frame : "");
	}

	private MessageStreamCheck complete(ChatResponseBuilder response) {
		relay(new ChatEvent.Completed(response.build()));
		return MessageStreamCheck.of(this.stream.toString());
	}

	private static ChatResponseBuilder response() {
		return ChatResponse.builder().endpoint("claude").model("model-a").finishReason(FinishReason.STOP);
	}

	private static JsonNode json(String text) {
		return GatewayJson.read(text.getBytes()).value();
	}

}
