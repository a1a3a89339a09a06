// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.responses.names.ToolNames;
import io.github.fallbackai.relay.RelayedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client reads of the events of a call.
 */
class ResponseStreamTests {

	private final ResponseStream stream = new ResponseStream("auto",
			new ResponseShape(GatewayJson.read("{\"model\":\"auto\"}".getBytes()), new ToolNames(), Keeper.NONE));

	private final StringBuilder written = new StringBuilder();

	@Test
	void aMessageGoesOnAtAnotherEndpointAlthoughThatOneThinksFirst() {
		feed(new ChatEvent.ReasoningDelta("Hm."), text("One "), switched(), new ChatEvent.ReasoningDelta("Where "),
				new ChatEvent.ReasoningDelta("was I?"), text("two."), completed(FinishReason.STOP, null));
		ResponseEvents events = ResponseEvents.of(this.written.toString());
		assertThat(types(events)).containsExactly("reasoning", "message", "reasoning");
		assertThat(events.text()).isEqualTo("One two.");
		assertThat(events.items("reasoning").get(1).at("/summary/0/text").textValue()).isEqualTo("Where was I?");
	}

	@Test
	void aThoughtDoesNotGoOnAtAnotherEndpoint() {
		feed(new ChatEvent.ReasoningDelta("I thi"), switched(), new ChatEvent.ReasoningDelta("Let me see."),
				text("Yes."), completed(FinishReason.STOP, null));
		ResponseEvents events = ResponseEvents.of(this.written.toString());
		assertThat(events.items("reasoning")).extracting((item) -> item.at("/summary/0/text").textValue())
			.containsExactly("I thi", "Let me see.");
	}

	@Test
	void thoughtsBetweenTextsAreItemsOfTheirOwn() {
		feed(text("One."), new ChatEvent.ReasoningDelta("Hm."), text("Two."),
				new ChatEvent.ToolCallReady(new ToolCall("c", "f", "{}")), completed(FinishReason.TOOL_CALLS, null));
		ResponseEvents events = ResponseEvents.of(this.written.toString());
		assertThat(types(events)).containsExactly("message", "reasoning", "message", "function_call");
		assertThat(events.status()).isEqualTo("completed");
	}

	@Test
	void aRefusalAfterATextIsAnotherPart() {
		feed(text("Well, "));
		write(new RelayedEvent(text("no."), "primary", "model-a", true));
		feed(completed(FinishReason.REFUSAL, null));
		JsonNode content = ResponseEvents.of(this.written.toString()).items("message").get(0).path("content");
		assertThat(content.path(0).path("text").textValue()).isEqualTo("Well, ");
		assertThat(content.path(1).path("refusal").textValue()).isEqualTo("no.");
	}

	@Test
	void aReasonThatNoTableKnowsIsNoGoodEnd() {
		feed(text("Well"), completed(FinishReason.OTHER, "meditation"));
		ResponseEvents events = ResponseEvents.of(this.written.toString());
		assertThat(events.status()).isEqualTo("incomplete");
		assertThat(events.response().at("/incomplete_details/reason").textValue()).isEqualTo("meditation");
	}

	@Test
	void sourcesBelongToTheText() {
		feed(text("Oslo."), new ChatEvent.AnnotationReady(new Annotation("url_citation", "https://no.example", "Norway",
				"{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://no.example\",\"start_index\":1,\"end_index\":4}}")),
				completed(FinishReason.STOP, null));
		JsonNode note = ResponseEvents.of(this.written.toString())
			.items("message")
			.get(0)
			.at("/content/0/annotations/0");
		assertThat(note.toString()).isEqualTo("{\"type\":\"url_citation\",\"url\":\"https://no.example\","
				+ "\"title\":\"Norway\",\"start_index\":1,\"end_index\":4}");
	}

	@Test
	void whatProvidersWantBackComesLast() {
		ToolCall call = new ToolCall("c", "f", "{}")
			.withState(new ProviderState("group", "gemini", "{\"thoughtSignature\":\"s\"}"));
		feed(new ChatEvent.ToolCallReady(call),
				new ChatEvent.Completed(answer(FinishReason.TOOL_CALLS, null).toBuilder()
					.message(new AssistantMessage(List.of(call), null))
					.build()));
		ResponseEvents events = ResponseEvents.of(this.written.toString());
		assertThat(types(events)).containsExactly("function_call", "reasoning");
		assertThat(events.items("reasoning").get(0).path("encrypted_content").textValue()).isNotEmpty();
	}

	private static List<String> types(ResponseEvents events) {
		List<String> types = new ArrayList<>();
		events.response().path("output").forEach((item) -> types.add(item.path("type").textValue()));
		return types;
	}

	private void feed(ChatEvent... events) {
		for (ChatEvent event : events) {
			write(new RelayedEvent(event, "primary", "model-a", false));
		}
	}

	private void write(RelayedEvent event) {
		String frames = this.stream.encode(event);
		this.written.append((frames != null) ? frames : "");
	}

	private static ChatEvent text(String text) {
		return new ChatEvent.ContentDelta(text);
	}

	private static ChatEvent switched() {
		return new ChatEvent.EndpointSwitched("primary", "backup", "model-b", FailureKind.CONNECTION_LOST, false);
	}

	private static ChatEvent completed(FinishReason reason, String raw) {
		return new ChatEvent.Completed(answer(reason, raw));
	}

	private static ChatResponse answer(FinishReason reason, String raw) {
		return ChatResponse.builder()
			.endpoint("primary")
			.model("model-a")
			.finishReason(reason)
			.rawFinishReason(raw)
			.build();
	}

}
