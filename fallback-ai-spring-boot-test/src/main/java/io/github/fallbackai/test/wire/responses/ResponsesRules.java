// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.responses;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.PromptCacheKey;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.Refusal;
import io.github.fallbackai.test.wire.Seal;
import io.github.fallbackai.test.wire.openai.OpenAiFormat;

/**
 * What OpenAI refuses about the items of a conversation.
 *
 * @see <a href=
 * "https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items">Encrypted
 * reasoning items</a>
 */
final class ResponsesRules {

	private static final int LONGEST_ID = 64;

	private static final String TYPE = "type";

	/** OpenAI, "Migrate to the Responses API". */
	private static final Map<String, String> MOVED = Map.of("reasoning_effort", "reasoning.effort", "response_format",
			"text.format", "verbosity", "text.verbosity", "max_tokens", "max_output_tokens", "max_completion_tokens",
			"max_output_tokens", "messages", "input");

	private static final Set<String> UNKNOWN = Set.of("stop", "seed", "n", "logit_bias", "frequency_penalty",
			"presence_penalty");

	private static final Map<String, Set<String>> MEMBERS = Map.of("message",
			Set.of(TYPE, "role", "content", "id", "status", "phase"), "function_call",
			Set.of(TYPE, "call_id", "name", "arguments", "id", "status", "namespace"), "function_call_output",
			Set.of(TYPE, "call_id", "output", "id", "status"), "reasoning",
			Set.of(TYPE, "summary", "content", "encrypted_content", "id", "status"));

	private final JsonNode body;

	private final JsonNode input;

	private final Seal seal;

	private final Set<String> open = new LinkedHashSet<>();

	ResponsesRules(String model, JsonNode body) {
		this.body = body;
		this.input = body.path("input");
		this.seal = new Seal(model);
	}

	@Nullable Refusal refusal() {
		for (String name : (Iterable<String>) this.body::fieldNames) {
			if (MOVED.containsKey(name)) {
				return refused("Unsupported parameter: '" + name
						+ "'. In the Responses API, this parameter has moved to '" + MOVED.get(name) + "'.", name,
						"unsupported_parameter");
			}
			if (UNKNOWN.contains(name)) {
				return refused("Unknown parameter: '" + name + "'.", name, "unknown_parameter");
			}
		}
		String key = PromptCacheKey.fault(this.body);
		if (key != null) {
			return refused(key, PromptCacheKey.MEMBER, PromptCacheKey.TOO_LONG);
		}
		for (int index = 0; index < this.input.size(); index++) {
			Refusal refusal = item(index, this.input.path(index));
			if (refusal != null) {
				return refusal;
			}
		}
		return this.open.isEmpty() ? null
				: refused("No tool output found for function call " + this.open.iterator().next() + ".", "input", null);
	}

	private @Nullable Refusal item(int index, JsonNode item) {
		String type = item.path(TYPE).asText("message");
		Set<String> known = MEMBERS.get(type);
		if (known == null) {
			return refused("Invalid value: '" + type + "'.", "input[" + index + "]", "invalid_value");
		}
		for (String name : (Iterable<String>) item::fieldNames) {
			if (!known.contains(name)) {
				return refused("Unknown parameter: 'input[" + index + "]." + name + "'.",
						"input[" + index + "]." + name, "unknown_parameter");
			}
		}
		return switch (type) {
			case "function_call" -> call(index, item);
			case "function_call_output" -> result(item);
			case "reasoning" -> thought(index, item);
			default -> message(index, item);
		};
	}

	private @Nullable Refusal call(int index, JsonNode item) {
		String id = item.path("call_id").asText();
		if (id.length() > LONGEST_ID) {
			return refused(
					"Invalid 'input[" + index + "].call_id': string too long. Expected a string with maximum length "
							+ LONGEST_ID + ", but got a string with length " + id.length() + " instead.",
					"input[" + index + "].call_id", "string_above_max_length");
		}
		this.open.add(id);
		return item.path("arguments").isTextual() ? null
				: refused("Invalid type for 'input[" + index + "].arguments': expected a string.",
						"input[" + index + "].arguments", "invalid_type");
	}

	private @Nullable Refusal result(JsonNode item) {
		String id = item.path("call_id").asText();
		return this.open.remove(id) ? null
				: refused("No tool call found for function call output with call_id " + id + ".", "input", null);
	}

	private @Nullable Refusal thought(int index, JsonNode item) {
		String id = item.path("id").asText("rs");
		if (!item.path("encrypted_content").isTextual()) {
			return refused("Item with id '" + id + "' not found. Items are not persisted when `store` is set to false.",
					"input", null);
		}
		StringBuilder summary = new StringBuilder();
		item.path("summary").forEach((part) -> summary.append(part.path("text").asText()));
		String encrypted = item.path("encrypted_content").asText();
		if (!this.seal.made(summary.toString(), encrypted)) {
			return refused(
					"The encrypted content " + encrypted.substring(0, Math.min(4, encrypted.length()))
							+ "... could not be verified. Reason: Encrypted content could not be decrypted or parsed.",
					null, "invalid_encrypted_content");
		}
		JsonNode next = this.input.path(index + 1);
		String type = next.path(TYPE).asText();
		boolean follows = type.equals("reasoning") || type.equals("function_call")
				|| (type.equals("message") && next.path("role").asText().equals("assistant"));
		return follows ? null
				: refused("Item '" + id + "' of type 'reasoning' was provided without its required following item.",
						"input", null);
	}

	private static @Nullable Refusal message(int index, JsonNode item) {
		boolean ofModel = item.path("role").asText().equals("assistant");
		int number = 0;
		for (JsonNode part : item.path("content")) {
			String type = part.path(TYPE).asText();
			boolean known = ofModel ? type.equals("output_text") || type.equals("refusal") : type.startsWith("input_");
			if (!known) {
				return refused("Invalid value: '" + type + "'.", "input[" + index + "].content[" + number + "]",
						"invalid_value");
			}
			number++;
		}
		return null;
	}

	private static Refusal refused(String words, @Nullable String param, @Nullable String code) {
		ProviderError error = new ProviderError(400, "invalid_request_error", code, words, param);
		return new Refusal(words, new OpenAiFormat().error(error));
	}

}
