// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The members that the <a href="https://www.openresponses.org">Open Responses</a>
 * specification (2026-04-24) requires, and their types. Each line has a shape and its
 * members. {@code ?} stands for a value that may be null, {@code []} for a list,
 * {@code ~} for a member that may be absent, {@code =} for fixed words.
 */
final class OpenResponsesShape {

	private static final String EVENT = "type:text sequence_number:int ";

	private static final String OF_ITEM = EVENT + "item_id:text output_index:int ";

	private static final String SHAPES = """
			response id:text object:=response created_at:int completed_at:int? status:text incomplete_details:incomplete? \
			model:text previous_response_id:text? instructions:text? output:item[] error:error? tools:tool[] \
			tool_choice:choice truncation:=auto|disabled parallel_tool_calls:flag text:format top_p:number \
			presence_penalty:number frequency_penalty:number top_logprobs:int temperature:number \
			reasoning:effort? usage:usage? max_output_tokens:int? max_tool_calls:int? store:flag background:flag \
			service_tier:text metadata:any safety_identifier:text? prompt_cache_key:text?
			incomplete reason:text
			error code:text message:text
			usage input_tokens:int output_tokens:int total_tokens:int input_tokens_details:read output_tokens_details:thought
			read cached_tokens:int
			thought reasoning_tokens:int
			effort effort:text? summary:text?
			format format:text_format ~verbosity:=low|medium|high
			text_format type:=text|json_object|json_schema
			text_format.json_schema name:text description:text? schema:any strict:flag
			tool type:text
			tool.function name:text description:text? parameters:any? strict:flag?
			choice type:text
			choice.allowed_tools tools:choice[] mode:=none|auto|required
			item type:text id:text
			item.message status:=in_progress|completed|incomplete role:=assistant content:part[] \
			~phase:=commentary|final_answer
			item.function_call call_id:text name:text arguments:text status:=in_progress|completed|incomplete
			item.reasoning summary:part[] ~content:part[] ~encrypted_content:text
			part type:text
			part.output_text text:text annotations:note[] ~logprobs:any
			part.refusal refusal:text
			part.summary_text text:text
			part.reasoning_text text:text
			note type:text
			note.url_citation url:text title:text start_index:int end_index:int
			""";

	private static final Map<String, String> EVENTS = Map.ofEntries(Map.entry("response.created", "response:response"),
			Map.entry("response.in_progress", "response:response"),
			Map.entry("response.completed", "response:response"), Map.entry("response.failed", "response:response"),
			Map.entry("response.incomplete", "response:response"),
			Map.entry("response.output_item.added", "output_index:int item:item"),
			Map.entry("response.output_item.done", "output_index:int item:item"),
			Map.entry("response.content_part.added", "content_index:int part:part"),
			Map.entry("response.content_part.done", "content_index:int part:part"),
			Map.entry("response.output_text.delta", "content_index:int delta:text"),
			Map.entry("response.output_text.done", "content_index:int text:text"),
			Map.entry("response.output_text.annotation.added",
					"content_index:int annotation_index:int annotation:note"),
			Map.entry("response.refusal.delta", "content_index:int delta:text"),
			Map.entry("response.refusal.done", "content_index:int refusal:text"),
			Map.entry("response.reasoning_summary_part.added", "summary_index:int part:part"),
			Map.entry("response.reasoning_summary_part.done", "summary_index:int part:part"),
			Map.entry("response.reasoning_summary_text.delta", "summary_index:int delta:text"),
			Map.entry("response.reasoning_summary_text.done", "summary_index:int text:text"),
			Map.entry("response.function_call_arguments.delta", "delta:text"),
			Map.entry("response.function_call_arguments.done", "arguments:text"));

	private static final Map<String, String> BY_NAME = new HashMap<>();

	static {
		SHAPES.lines().forEach((line) -> BY_NAME.put(line.split(" ")[0], line.substring(line.indexOf(' ') + 1)));
	}

	private OpenResponsesShape() {
	}

	/** Checks a whole response. */
	static void checkResponse(JsonNode response) {
		check(response, "response", "response");
	}

	/**
	 * Checks an event. Those of tools that providers run are not in the specification.
	 */
	static void checkEvent(JsonNode event) {
		String type = event.path("type").asText();
		String members = EVENTS.getOrDefault(type, "");
		boolean general = type.contains("output_item") || members.startsWith("response:");
		members((general ? EVENT : OF_ITEM) + members, event, type);
	}

	private static void check(JsonNode value, String shape, String path) {
		members(BY_NAME.get(shape), value, path);
		String more = BY_NAME.get(shape + '.' + value.path("type").asText());
		if (more != null) {
			members(more, value, path);
		}
	}

	private static void members(String members, JsonNode value, String path) {
		assertThat(value.isObject()).as("%s is an object: %s", path, value).isTrue();
		for (String member : members.strip().split(" ")) {
			boolean optional = member.startsWith("~");
			String name = member.substring(optional ? 1 : 0, member.indexOf(':'));
			if (optional && !value.has(name)) {
				continue;
			}
			assertThat(value.has(name)).as("%s.%s is there: %s", path, name, value).isTrue();
			typed(value.get(name), member.substring(member.indexOf(':') + 1), path + '.' + name);
		}
	}

	private static void typed(JsonNode value, String type, String path) {
		if (type.endsWith("?")) {
			if (!value.isNull()) {
				typed(value, type.substring(0, type.length() - 1), path);
			}
		}
		else if (type.endsWith("[]")) {
			assertThat(value.isArray()).as("%s is a list: %s", path, value).isTrue();
			value.forEach((element) -> check(element, type.substring(0, type.length() - 2), path + "[]"));
		}
		else if (type.startsWith("=")) {
			List<String> words = Arrays.asList(type.substring(1).split("\\|"));
			assertThat(words).as(path).contains(value.textValue());
		}
		else if (BY_NAME.containsKey(type) && !(type.equals("choice") && value.isTextual())) {
			check(value, type, path);
		}
		else {
			assertThat(isA(type, value)).as("%s is a %s: %s", path, type, value).isTrue();
		}
	}

	private static boolean isA(String type, JsonNode value) {
		return switch (type) {
			case "text", "choice" -> value.isTextual();
			case "int" -> value.isIntegralNumber();
			case "number" -> value.isNumber();
			case "flag" -> value.isBoolean();
			case "any" -> !value.isNull();
			default -> throw new IllegalArgumentException(type);
		};
	}

}
