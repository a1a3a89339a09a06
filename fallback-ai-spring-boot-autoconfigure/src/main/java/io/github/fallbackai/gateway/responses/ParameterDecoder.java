// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.Neutral;
import io.github.fallbackai.gateway.json.OpenAiFamily;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;

/**
 * Reads the parameters of a request. What this library cannot express goes to
 * OpenAI-compatible endpoints in the words of chat completions. An endpoint that is asked
 * by the Responses API translates them back. Immutable.
 */
final class ParameterDecoder {

	/** Where an endpoint finds what only its Responses API has. */
	private static final String RESPONSES_API = "openai-responses";

	/** Parameters that are the same in both APIs. */
	private static final Set<String> SAME = Set.of("moderation", "prompt_cache_options", "prompt_cache_retention",
			"safety_identifier", "service_tier", "user");

	private static final Set<String> READ = Set.of("background", "conversation", "include", "input", "instructions",
			"max_output_tokens", "metadata", "model", "parallel_tool_calls", "previous_response_id", "prompt",
			"prompt_cache_key", "reasoning", "store", "stream", "stream_options", "temperature", "text", "tool_choice",
			"tools", "top_p", "truncation");

	/** Parameters that ask for something that the gateway does not have. */
	private static final Map<String, String> REFUSED = Map.of("conversation", "use 'previous_response_id'", "prompt",
			"send the prompt itself");

	private static final Set<ApiKind> OPENAI = Set.of(ApiKind.CHAT, ApiKind.RESPONSES);

	/** Parameters that others than OpenAI get, too. */
	private static final Set<ApiKind> IDENTIFIES = Set.of(ApiKind.CHAT, ApiKind.RESPONSES, ApiKind.ANTHROPIC);

	private static final Set<ApiKind> RESPONSES_ONLY = Set.of(ApiKind.RESPONSES);

	private static final String ENCRYPTED = "reasoning.encrypted_content";

	/** Answers come without them. */
	private static final String LOGPROBS = "message.output_text.logprobs";

	private static final int INCLUDED = 100;

	private final Set<String> passThrough;

	ParameterDecoder(Set<String> passThrough) {
		this.passThrough = passThrough;
	}

	void decode(RequestField body, ChatRequestBuilder chat, LeftOut leftOut, TextBudget texts) {
		refuse(body);
		sampling(body, chat);
		if (!body.get("temperature").absent() && !body.get("top_p").absent()) {
			leftOut.butFor("top_p", ApiKind.ANTHROPIC);
		}
		text(body.get("text"), chat, leftOut, texts);
		reasoning(body.get("reasoning"), chat, leftOut, texts);
		include(body.get("include"), chat, leftOut);
		if (!body.get("prompt_cache_key").absent()) {
			chat.promptCacheKey(body.get("prompt_cache_key").text());
		}
		if (!body.get("truncation").absent()) {
			chat.extra(RESPONSES_API, "truncation", body.get("truncation").oneOf("auto", "disabled"));
			if (body.get("truncation").text().equals("auto")) {
				leftOut.onlyFor("truncation", RESPONSES_ONLY);
			}
		}
		DocumentedParameters.add(body, chat, leftOut, texts);
		for (String name : new String[] { "prompt_cache_key", "safety_identifier", "service_tier", "user" }) {
			body.get(name).text("");
		}
		body.value().fieldNames().forEachRemaining((name) -> {
			RequestField value = body.get(name);
			if (READ.contains(name) || DocumentedParameters.NAMES.contains(name) || value.absent()) {
				return;
			}
			if (SAME.contains(name) || this.passThrough.contains(name)) {
				texts.take(value.value());
				OpenAiFamily.add(chat, name, value.value());
				if (!Neutral.is(value.value())) {
					leftOut.onlyFor(name,
							(name.equals("user") || name.equals("safety_identifier")) ? IDENTIFIES : OPENAI);
				}
			}
			else {
				leftOut.add(name);
			}
		});
	}

	private static void refuse(RequestField body) {
		REFUSED.forEach((name, instead) -> {
			if (!body.get(name).absent()) {
				throw body.get(name).unsupported(instead);
			}
		});
		if (body.get("background").flag(false)) {
			throw body.get("background").unsupported("wait for the answer, or stream it");
		}
		body.get("store").flag(true);
		if (!body.get("metadata").absent()) {
			body.get("metadata").object();
		}
		if (!body.get("stream_options").absent()) {
			body.get("stream_options").object();
		}
	}

	private static void sampling(RequestField body, ChatRequestBuilder chat) {
		if (!body.get("temperature").absent()) {
			chat.temperature(body.get("temperature").number());
		}
		if (!body.get("top_p").absent()) {
			chat.topP(body.get("top_p").number());
		}
		if (!body.get("max_output_tokens").absent()) {
			chat.maxTokens((int) body.get("max_output_tokens").integer(1, Integer.MAX_VALUE));
		}
	}

	private static void text(RequestField text, ChatRequestBuilder chat, LeftOut leftOut, TextBudget texts) {
		if (text.absent()) {
			return;
		}
		ObjectNode further = GatewayJson.object();
		text.object().fieldNames().forEachRemaining((name) -> {
			switch (name) {
				case "format" -> format(text.get(name), chat);
				case "verbosity" -> {
					if (!text.get(name).absent()) {
						OpenAiFamily.add(chat, "verbosity", text.get(name).oneOf("low", "medium", "high"));
						leftOut.onlyFor("text.verbosity", OPENAI);
					}
				}
				default -> further.set(name, text.get(name).value());
			}
		});
		texts.take(further);
		further(chat, leftOut, "text", further);
	}

	/**
	 * Members of a parameter that only this API has. New models bring new ones, so all of
	 * them go on.
	 */
	private static void further(ChatRequestBuilder chat, LeftOut leftOut, String parameter, ObjectNode members) {
		members.properties().removeIf((member) -> member.getValue().isNull());
		if (!members.isEmpty()) {
			LeftOut.passOn(chat, parameter, members);
			members.fieldNames().forEachRemaining((name) -> leftOut.onlyFor(parameter + '.' + name, RESPONSES_ONLY));
		}
	}

	private static void format(RequestField format, ChatRequestBuilder chat) {
		if (format.absent()) {
			return;
		}
		switch (format.get("type").text()) {
			case "text" -> chat.responseFormat(ResponseFormat.TEXT);
			case "json_object" -> chat.responseFormat(ResponseFormat.JSON_OBJECT);
			case "json_schema" -> {
				chat.responseFormat(ResponseFormat.jsonSchema(format.get("name").text(),
						GatewayJson.text(format.get("schema").object())));
				ObjectNode original = GatewayJson.object().put("type", "json_schema");
				ObjectNode schema = original.putObject("json_schema").setAll(format.object());
				schema.remove("type");
				OpenAiFamily.add(chat, "response_format", original);
			}
			default -> throw format.get("type").invalid("'text', 'json_object' or 'json_schema'");
		}
	}

	private static void reasoning(RequestField reasoning, ChatRequestBuilder chat, LeftOut leftOut, TextBudget texts) {
		if (reasoning.absent()) {
			return;
		}
		ObjectNode further = GatewayJson.object();
		reasoning.object().fieldNames().forEachRemaining((name) -> {
			RequestField value = reasoning.get(name);
			if (value.absent()) {
				return;
			}
			switch (name) {
				// New models bring new words, so any word goes on.
				case "effort" -> {
					value.text();
					OpenAiFamily.add(chat, "reasoning_effort", value.value());
					leftOut.onlyFor("reasoning.effort", OPENAI);
				}
				case "summary", "generate_summary" -> further.put(name, value.text());
				default -> further.set(name, value.value());
			}
		});
		texts.take(further);
		further(chat, leftOut, "reasoning", further);
	}

	/** What can be included is included anyway. */
	private static void include(RequestField include, ChatRequestBuilder chat, LeftOut leftOut) {
		ArrayNode all = GatewayJson.object().putArray("include").add(ENCRYPTED);
		for (RequestField each : include.elements(INCLUDED)) {
			if (each.text().equals(LOGPROBS)) {
				leftOut.add("include:" + LOGPROBS);
			}
			else if (!each.text().equals(ENCRYPTED)) {
				leftOut.onlyFor("include:" + each.text(), RESPONSES_ONLY);
				all.add(each.text());
			}
		}
		if (all.size() > 1) {
			chat.extra(RESPONSES_API, "include", all);
		}
	}

}
