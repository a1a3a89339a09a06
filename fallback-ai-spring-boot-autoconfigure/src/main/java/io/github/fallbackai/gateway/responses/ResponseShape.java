// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.responses.names.ToolNames;

/**
 * How the response to one request looks: see
 * <a href="https://platform.openai.com/docs/api-reference/responses/object">the response
 * object</a>. It repeats the parameters of the request, with each member that the
 * <a href="https://www.openresponses.org/specification">Open Responses specification</a>
 * requires.
 */
final class ResponseShape {

	/** Parameters that are repeated as they came. */
	private static final String[] REPEATED = { "instructions", "max_output_tokens", "max_tool_calls",
			"previous_response_id", "prompt_cache_key", "safety_identifier", "user" };

	/** Numbers that hold if the request does not say otherwise. */
	private static final Map<String, Integer> NUMBERS = Map.of("temperature", 1, "top_p", 1, "presence_penalty", 0,
			"frequency_penalty", 0);

	private final ResponseIds ids = ResponseIds.next();

	private final ToolNames names;

	private final Keeper keeper;

	private final ObjectNode repeated = GatewayJson.object();

	private final long created = Instant.now().getEpochSecond();

	ResponseShape(RequestField body, ToolNames names, Keeper keeper) {
		this.names = names;
		this.keeper = keeper;
		JsonNode request = body.value();
		for (String name : REPEATED) {
			this.repeated.set(name, request.hasNonNull(name) ? request.get(name) : NullNode.instance);
		}
		NUMBERS.forEach((name, value) -> repeat(request, name, IntNode.valueOf(value)));
		this.repeated.put("top_logprobs", 0);
		repeat(request, "parallel_tool_calls", BooleanNode.TRUE);
		repeat(request, "tool_choice", TextNode.valueOf("auto"));
		repeat(request, "truncation", TextNode.valueOf("disabled"));
		repeat(request, "service_tier", TextNode.valueOf("default"));
		repeat(request, "metadata", GatewayJson.object());
		if (this.repeated.path("tool_choice") instanceof ObjectNode choice
				&& choice.path("type").asText().equals("allowed_tools") && !choice.hasNonNull("mode")) {
			this.repeated.set("tool_choice", choice.deepCopy().put("mode", "auto"));
		}
		this.repeated.set("tools", tools(request.path("tools")));
		ObjectNode reasoning = GatewayJson.object().putNull("effort").putNull("summary");
		if (request.path("reasoning") instanceof ObjectNode given) {
			reasoning.setAll(given);
		}
		this.repeated.set("reasoning", reasoning);
		this.repeated.set("text", text(request.path("text")));
		this.repeated.put("store", keeper.keeps());
	}

	private static ArrayNode tools(JsonNode given) {
		ArrayNode tools = GatewayJson.object().putArray("tools");
		for (JsonNode tool : given) {
			if (tool.path("type").asText().equals("function")) {
				ObjectNode whole = GatewayJson.object().putNull("description").putNull("parameters").putNull("strict");
				tools.add(whole.setAll((ObjectNode) tool));
			}
			else {
				tools.add(tool);
			}
		}
		return tools;
	}

	private static ObjectNode text(JsonNode given) {
		ObjectNode text = GatewayJson.object();
		if (given instanceof ObjectNode members) {
			text.setAll(members);
		}
		text.properties().removeIf((member) -> member.getValue().isNull());
		if (!text.has("format")) {
			text.putObject("format").put("type", "text");
		}
		else if (text.path("format").path("type").asText().equals("json_schema")) {
			ObjectNode format = GatewayJson.object().putNull("description").setAll((ObjectNode) text.path("format"));
			text.set("format", format.put("strict", format.path("strict").asBoolean()));
		}
		return text;
	}

	private void repeat(JsonNode request, String name, JsonNode otherwise) {
		this.repeated.set(name, request.hasNonNull(name) ? request.get(name) : otherwise);
	}

	ResponseIds ids() {
		return this.ids;
	}

	ToolNames names() {
		return this.names;
	}

	Keeper keeper() {
		return this.keeper;
	}

	/**
	 * The response as it is now.
	 * @param status its status
	 * @param model the model
	 * @param output what it has so far
	 */
	ObjectNode response(String status, String model, ArrayNode output) {
		ObjectNode response = GatewayJson.object();
		response.put("id", this.ids.response())
			.put("object", "response")
			.put("created_at", this.created)
			.put("status", status)
			.put("background", false)
			.putNull("completed_at")
			.putNull("error")
			.putNull("incomplete_details")
			.put("model", model);
		response.set("output", output);
		response.setAll(this.repeated);
		return response.putNull("usage");
	}

}
