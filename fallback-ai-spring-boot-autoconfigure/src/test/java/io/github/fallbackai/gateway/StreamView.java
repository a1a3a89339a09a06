// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.messages.MessageStreamCheck;
import io.github.fallbackai.gateway.responses.ResponseEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client makes of a stream that ends in good order, by the protocol that it
 * speaks.
 *
 * @param text the text
 * @param calls arguments of tool calls
 * @param reason why the answer ended
 */
record StreamView(String text, List<String> calls, String reason) {

	private static final String TOOL = "\"name\":\"weather\",\"description\":\"\",";

	/** The protocols by their paths. */
	static final Map<String, Protocol> PROTOCOLS = protocols();

	private static Map<String, Protocol> protocols() {
		Map<String, Protocol> protocols = new LinkedHashMap<>();
		protocols.put("/v1/chat/completions", new Protocol(
				"{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}",
				",\"tools\":[{\"type\":\"function\",\"function\":{" + TOOL + "\"parameters\":{\"type\":\"object\"}}}]",
				StreamView::ofChunks));
		protocols.put("/v1/responses",
				new Protocol("{\"model\":\"%s\",\"stream\":true,\"input\":\"Hi\"%s}",
						",\"tools\":[{\"type\":\"function\"," + TOOL + "\"parameters\":{\"type\":\"object\"}}]",
						StreamView::ofResponse));
		protocols.put("/v1/messages", new Protocol(
				"{\"model\":\"%s\",\"stream\":true,\"max_tokens\":900,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}",
				",\"tools\":[{" + TOOL + "\"input_schema\":{\"type\":\"object\"}}]", StreamView::ofMessage));
		return protocols;
	}

	private static StreamView ofChunks(String body) {
		assertThat(body).endsWith("data: [DONE]\n\n");
		StringBuilder text = new StringBuilder();
		List<String> calls = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		List<String> reasons = new ArrayList<>();
		body.lines().filter((line) -> line.startsWith("data: {")).forEach((line) -> {
			JsonNode chunk = GatewayJson.read(line.substring(6).getBytes()).value();
			assertThat(chunk.has("error")).as(body).isFalse();
			ids.add(chunk.path("id").textValue());
			JsonNode choice = chunk.path("choices").path(0);
			assertThat(reasons).as("nothing follows the end: %s", body).isEmpty();
			text.append(choice.path("delta").path("content").asText(""));
			choice.path("delta")
				.path("tool_calls")
				.forEach((call) -> calls.add(call.path("function").path("arguments").asText()));
			if (choice.hasNonNull("finish_reason")) {
				reasons.add(choice.path("finish_reason").asText());
			}
		});
		assertThat(ids.stream().distinct()).hasSize(1);
		assertThat(reasons).as(body).hasSize(1);
		return new StreamView(text.toString(), calls, reasons.get(0));
	}

	private static StreamView ofResponse(String body) {
		ResponseEvents events = ResponseEvents.of(body);
		List<String> calls = new ArrayList<>();
		events.items("function_call").forEach((call) -> calls.add(call.path("arguments").asText()));
		return new StreamView(events.text(), calls, events.status());
	}

	private static StreamView ofMessage(String body) {
		MessageStreamCheck check = MessageStreamCheck.of(body);
		List<String> calls = new ArrayList<>();
		check.content().forEach((block) -> {
			if (block.path("type").asText().equals("tool_use")) {
				calls.add(GatewayJson.text(block.path("input")));
			}
		});
		return new StreamView(check.text(), calls, check.message().path("stop_reason").asText());
	}

	/**
	 * A protocol.
	 *
	 * @param request a request for a stream, with room for the model and further members
	 * @param tools a member with a tool
	 * @param reader reads a stream
	 */
	record Protocol(String request, String tools, Function<String, StreamView> reader) {

	}

}
