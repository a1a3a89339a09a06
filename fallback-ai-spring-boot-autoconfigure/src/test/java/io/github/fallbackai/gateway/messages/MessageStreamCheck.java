// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a stream as strictly as the protocol allows, and puts the message together.
 */
public final class MessageStreamCheck {

	private static final Set<String> DELTAS_OF_TEXT = Set.of("text_delta", "citations_delta");

	private static final Set<String> DELTAS_OF_THINKING = Set.of("thinking_delta", "signature_delta");

	private final ObjectNode message;

	private final String body;

	private MessageStreamCheck(ObjectNode message, String body) {
		this.message = message;
		this.body = body;
	}

	/** Checks a whole stream that ends in good order. */
	public static MessageStreamCheck of(String body) {
		Iterator<JsonNode> events = events(body).stream()
			.filter((event) -> !event.path("type").asText().equals("ping"))
			.iterator();
		JsonNode start = next(events, "message_start", body);
		ObjectNode message = start.path("message").deepCopy();
		assertThat(message.path("id").asText()).startsWith("msg_");
		assertThat(message.path("type").asText()).isEqualTo("message");
		assertThat(message.path("role").asText()).isEqualTo("assistant");
		assertThat(message.path("content")).isEmpty();
		assertThat(message.path("usage").path("output_tokens").isInt()).isTrue();
		JsonNode event = events.next();
		for (int index = 0; event.path("type").asText().equals("content_block_start"); index++) {
			message.withArray("content").add(block(event, index, events, body));
			event = events.next();
		}
		assertThat(event.path("type").asText()).as(body).isEqualTo("message_delta");
		assertThat(event.path("delta").path("stop_reason").asText()).isNotEmpty();
		assertThat(event.path("usage").path("output_tokens").isInt()).isTrue();
		message.setAll((ObjectNode) event.path("delta"));
		message.set("usage", event.path("usage"));
		next(events, "message_stop", body);
		assertThat(events).as("after the end").isExhausted();
		return new MessageStreamCheck(message, body);
	}

	private static ObjectNode block(JsonNode start, int index, Iterator<JsonNode> events, String body) {
		assertThat(start.path("index").asInt(-1)).as(body).isEqualTo(index);
		ObjectNode block = start.path("content_block").deepCopy();
		String type = block.path("type").asText();
		StringBuilder text = new StringBuilder();
		StringBuilder input = new StringBuilder();
		JsonNode event = events.next();
		for (; event.path("type").asText().equals("content_block_delta"); event = events.next()) {
			assertThat(event.path("index").asInt(-1)).isEqualTo(index);
			JsonNode delta = event.path("delta");
			String kind = delta.path("type").asText();
			Set<String> allowed = type.equals("text") ? DELTAS_OF_TEXT
					: type.equals("thinking") ? DELTAS_OF_THINKING : Set.of("input_json_delta");
			assertThat(allowed).as(body).contains(kind);
			text.append(delta.path("text").asText()).append(delta.path("thinking").asText());
			input.append(delta.path("partial_json").asText());
			if (delta.has("signature")) {
				assertThat(block.path("signature").asText()).as("one signature").isEmpty();
				block.set("signature", delta.path("signature"));
			}
		}
		assertThat(event.path("type").asText()).as(body).isEqualTo("content_block_stop");
		assertThat(event.path("index").asInt(-1)).isEqualTo(index);
		if (type.equals("text") || type.equals("thinking")) {
			assertThat(block.path(type).asText()).isEmpty();
			block.put(type, text.toString());
		}
		if (block.has("input")) {
			assertThat(block.path("input")).isEmpty();
			block.set("input", GatewayJson.read(input.toString().getBytes()).value());
		}
		return block;
	}

	private static JsonNode next(Iterator<JsonNode> events, String type, String body) {
		assertThat(events).as(body).hasNext();
		JsonNode event = events.next();
		assertThat(event.path("type").asText()).as(body).isEqualTo(type);
		return event;
	}

	/** A stream of events that are written one in a line. */
	static String frames(String events) {
		StringBuilder frames = new StringBuilder();
		events.lines()
			.forEach((event) -> frames.append("event: ")
				.append(MessagesGateway.json(event).path("type").asText())
				.append("\ndata: ")
				.append(event)
				.append("\n\n"));
		return frames.toString();
	}

	/** All events, each of which has the name that its data has. */
	static List<JsonNode> events(String body) {
		assertThat(body).endsWith("\n\n");
		List<JsonNode> events = new ArrayList<>();
		for (String frame : body.split("\n\n")) {
			if (frame.startsWith(":")) {
				assertThat(frame).doesNotContain("\n");
				continue;
			}
			String[] lines = frame.split("\n");
			assertThat(lines).as(frame).hasSize(2);
			assertThat(lines[0]).startsWith("event: ");
			assertThat(lines[1]).startsWith("data: ");
			JsonNode event = GatewayJson.read(lines[1].substring("data: ".length()).getBytes()).value();
			assertThat(event.path("type").asText()).isEqualTo(lines[0].substring("event: ".length()));
			events.add(event);
		}
		return events;
	}

	/** The message as a client has it in the end. */
	public ObjectNode message() {
		return this.message;
	}

	public JsonNode content() {
		return this.message.path("content");
	}

	/** All text of the message. */
	public String text() {
		StringBuilder text = new StringBuilder();
		content().forEach((block) -> text.append(block.path("text").asText()));
		return text.toString();
	}

	List<String> types() {
		List<String> types = new ArrayList<>();
		content().forEach((block) -> types.add(block.path("type").asText()));
		return types;
	}

	@Override
	public String toString() {
		return this.body;
	}

}
