// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of a streamed response, checked as strictly as the documentation allows:
 * numbers without gaps, items and parts that begin, go on and end once and in order, and
 * texts that are the sum of their deltas.
 */
public final class ResponseEvents {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final String DONE = "data: [DONE]";

	private final List<JsonNode> events = new ArrayList<>();

	private final List<String> comments = new ArrayList<>();

	private final Map<Integer, JsonNode> done = new TreeMap<>();

	/** The open items by place. */
	private final Map<Integer, JsonNode> open = new HashMap<>();

	/** The open parts, and the texts that came for them. */
	private final Map<String, StringBuilder> parts = new HashMap<>();

	/** The parts whose text came as a whole, and the input of open calls. */
	private final Map<String, String> told = new HashMap<>();

	private String id;

	private ResponseEvents() {
	}

	/** Reads a whole stream. */
	public static ResponseEvents of(String body) {
		ResponseEvents events = new ResponseEvents();
		assertThat(body).endsWith("\n\n" + DONE + "\n\n");
		for (String frame : body.substring(0, body.length() - DONE.length() - 2).split("\n\n")) {
			events.read(frame);
		}
		events.checkEnd();
		return events;
	}

	private void read(String frame) {
		String[] lines = frame.split("\n");
		if (frame.startsWith(":")) {
			this.comments.addAll(Arrays.asList(lines));
			return;
		}
		assertThat(lines).as(frame).hasSize(2);
		assertThat(lines[1]).startsWith("data: {");
		JsonNode event = json(lines[1].substring("data: ".length()));
		assertThat(lines[0]).isEqualTo("event: " + event.path("type").textValue());
		assertThat(event.path("sequence_number").isInt()).isTrue();
		assertThat(event.path("sequence_number").intValue()).isEqualTo(this.events.size());
		assertThat(ended()).as("an event after the end").isFalse();
		this.events.add(event);
		check(event);
	}

	static JsonNode json(String text) {
		try {
			return JSON.readTree(text);
		}
		catch (IOException ex) {
			throw new AssertionError(text, ex);
		}
	}

	/** Items of which every event is known. */
	private static final Set<String> OF_ANSWERS = Set.of("message", "function_call", "custom_tool_call", "reasoning");

	private void check(JsonNode event) {
		OpenResponsesShape.checkEvent(event);
		String type = event.path("type").textValue();
		if (event.has("response")) {
			checkResponse(type, event.path("response"));
		}
		else if (type.startsWith("response.output_item.")) {
			checkItem(type, event.path("output_index").intValue(), event.path("item"));
		}
		else {
			JsonNode item = this.open.get(event.path("output_index").intValue());
			assertThat(item).as(event.toString()).isNotNull();
			assertThat(event.path("item_id")).isEqualTo(item.path("id"));
			checkPart(type, event, item.path("type").textValue());
		}
	}

	private void checkResponse(String type, JsonNode response) {
		String status = response.path("status").textValue();
		switch (this.events.size()) {
			case 1 -> {
				assertThat(type).isEqualTo("response.created");
				this.id = response.path("id").textValue();
				assertThat(this.id).startsWith("resp_");
			}
			case 2 -> assertThat(type).isEqualTo("response.in_progress");
			default -> assertThat(type).isEqualTo("response." + status);
		}
		assertThat(response.path("id").textValue()).isEqualTo(this.id);
		assertThat(response.path("object").textValue()).isEqualTo("response");
		if (this.events.size() <= 2) {
			assertThat(status).isEqualTo("in_progress");
			assertThat(response.path("output")).isEmpty();
		}
		else if (!status.equals("failed")) {
			assertThat(this.open).isEmpty();
			assertThat(response.path("output")).containsExactlyElementsOf(this.done.values());
			assertThat(response.path("incomplete_details").isObject()).isEqualTo(status.equals("incomplete"));
		}
		else {
			assertThat(response.path("error").path("code").isTextual()).isTrue();
			assertThat(response.path("error").path("message").isTextual()).isTrue();
		}
	}

	private void checkItem(String type, int place, JsonNode item) {
		if (type.endsWith(".added")) {
			assertThat(place).isEqualTo(this.done.size() + this.open.size());
			assertThat(this.open.put(place, item)).isNull();
			assertThat(item.path("id").textValue()).matches("(msg|rs|fc|ctc|ht)_[0-9a-f]{44}|mcpr_9");
			return;
		}
		assertThat(type).isEqualTo("response.output_item.done");
		JsonNode begun = this.open.remove(place);
		assertThat(begun).isNotNull();
		assertThat(item.path("id")).isEqualTo(begun.path("id"));
		assertThat(item.path("type")).isEqualTo(begun.path("type"));
		assertThat(this.parts).as("parts that are open").isEmpty();
		if (item.has("call_id")) {
			assertThat(this.told.remove(item.path("type").textValue()))
				.isEqualTo(item.path(item.has("input") ? "input" : "arguments").textValue());
		}
		this.done.put(place, item);
	}

	private void checkPart(String type, JsonNode event, String item) {
		switch (type) {
			case "response.content_part.added", "response.reasoning_summary_part.added" ->
				assertThat(this.parts.put(place(event), new StringBuilder())).isNull();
			case "response.output_text.delta", "response.refusal.delta", "response.reasoning_summary_text.delta" -> {
				assertThat(event.path("delta").textValue()).isNotEmpty();
				this.parts.get(place(event)).append(event.path("delta").textValue());
			}
			case "response.output_text.done", "response.reasoning_summary_text.done" ->
				tell(place(event), event.path("text").textValue());
			case "response.refusal.done" -> tell(place(event), event.path("refusal").textValue());
			case "response.content_part.done", "response.reasoning_summary_part.done" -> {
				String text = this.parts.remove(place(event)).toString();
				assertThat(this.told.remove(place(event))).isEqualTo(text);
				JsonNode part = event.path("part");
				assertThat(part.path(part.has("text") ? "text" : "refusal").textValue()).isEqualTo(text);
			}
			case "response.output_text.annotation.added" -> assertThat(event.path("annotation").isObject()).isTrue();
			case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" ->
				assertThat(this.told.put(item, event.path("delta").textValue())).isNull();
			case "response.function_call_arguments.done" -> {
				assertThat(item).isEqualTo("function_call");
				assertThat(event.path("arguments").textValue()).isEqualTo(this.told.get(item));
			}
			case "response.custom_tool_call_input.done" -> {
				assertThat(item).isEqualTo("custom_tool_call");
				assertThat(event.path("input").textValue()).isEqualTo(this.told.get(item));
			}
			default -> assertThat(OF_ANSWERS).as("unknown event: " + type).doesNotContain(item);
		}
	}

	private void tell(String place, String text) {
		assertThat(text).isEqualTo(this.parts.get(place).toString());
		assertThat(this.told.put(place, text)).isNull();
	}

	private static String place(JsonNode event) {
		JsonNode index = event.has("content_index") ? event.path("content_index") : event.path("summary_index");
		assertThat(index.isInt()).isTrue();
		return event.path("output_index") + "." + index;
	}

	private boolean ended() {
		return !this.events.isEmpty() && last().has("response") && this.events.size() > 2;
	}

	private JsonNode last() {
		return this.events.get(this.events.size() - 1);
	}

	private void checkEnd() {
		assertThat(ended()).as("%s", this.events).isTrue();
	}

	/** The response that the stream ended with. */
	public JsonNode response() {
		return last().path("response");
	}

	public String status() {
		return response().path("status").textValue();
	}

	List<String> comments() {
		return this.comments;
	}

	List<String> types() {
		return this.events.stream().map((event) -> event.path("type").textValue()).toList();
	}

	/** The events of a type. */
	List<JsonNode> events(String type) {
		return this.events.stream().filter((event) -> event.path("type").textValue().equals(type)).toList();
	}

	/** What the messages say. */
	public String text() {
		return text(response());
	}

	/** What the messages of a response say. */
	static String text(JsonNode response) {
		StringBuilder text = new StringBuilder();
		response.path("output")
			.forEach((item) -> item.path("content").forEach((part) -> text.append(part.path("text").asText(""))));
		return text.toString();
	}

	/** The items of a kind. */
	public List<JsonNode> items(String type) {
		return items(response(), type);
	}

	/** The items of a kind in a response. */
	static List<JsonNode> items(JsonNode response, String type) {
		List<JsonNode> items = new ArrayList<>();
		response.path("output").forEach((item) -> {
			if (item.path("type").textValue().equals(type)) {
				items.add(item);
			}
		});
		return items;
	}

}
