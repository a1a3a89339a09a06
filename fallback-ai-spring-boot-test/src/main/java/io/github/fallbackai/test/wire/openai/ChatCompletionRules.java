// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.PromptCacheKey;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.Refusal;
import io.github.fallbackai.test.wire.Seal;

/**
 * What OpenAI and compatible providers refuse about a conversation.
 *
 * @see <a href="https://platform.openai.com/docs/guides/function-calling">Function
 * calling</a>
 * @see <a href="https://api-docs.deepseek.com/guides/thinking_mode">DeepSeek: thinking
 * mode</a>
 * @see <a href=
 * "https://openrouter.ai/docs/guides/best-practices/reasoning-tokens">OpenRouter:
 * preserving reasoning</a>
 */
final class ChatCompletionRules {

	/** As in issue 119 of langmanus, for example. */
	private static final int LONGEST_ID = 40;

	/** Issue 541 of openai-openapi. */
	private static final Pattern NEEDS_RESPONSES = Pattern.compile("gpt-5\\.(?:[4-9]|\\d\\d)");

	private static final Set<String> OF_MESSAGES = Set.of("role", "content", "name", "refusal", "tool_calls",
			"function_call", "tool_call_id", "annotations", "audio");

	private static final Set<String> OF_CALLS = Set.of("id", "type", "function");

	private final JsonNode body;

	private final JsonNode messages;

	private final ProviderRules rules;

	private final Seal seal;

	/** The calls of the message before that have no result yet. */
	private final Set<String> open = new LinkedHashSet<>();

	/** Those that have one. */
	private final Set<String> answered = new LinkedHashSet<>();

	ChatCompletionRules(String model, JsonNode body, ProviderRules rules) {
		this.body = body;
		this.messages = body.path("messages");
		this.rules = rules;
		this.seal = new Seal(model);
	}

	@Nullable Refusal refusal() {
		Refusal otherApi = (this.rules == ProviderRules.STRICT) ? otherApi() : null;
		if (otherApi != null) {
			return otherApi;
		}
		String key = PromptCacheKey.fault(this.body);
		if (key != null) {
			return refused(key, PromptCacheKey.MEMBER, PromptCacheKey.TOO_LONG);
		}
		for (int index = 0; index < this.messages.size(); index++) {
			Refusal refusal = refusal(index, this.messages.path(index));
			if (refusal != null) {
				return refusal;
			}
		}
		return unanswered(this.messages.size());
	}

	/** Newer models think unless told otherwise, and call tools by the other API only. */
	private @Nullable Refusal otherApi() {
		String model = this.seal.model();
		boolean thinks = NEEDS_RESPONSES.matcher(model).lookingAt()
				&& !this.body.path("reasoning_effort").asText().equals("none");
		return (thinks && !this.body.path("tools").isEmpty())
				? refused(
						"Function tools with reasoning_effort are not supported for " + model
								+ " in /v1/chat/completions. Please use /v1/responses instead.",
						"reasoning_effort", null)
				: null;
	}

	private @Nullable Refusal refusal(int index, JsonNode message) {
		String role = message.path("role").asText();
		if (role.equals("tool")) {
			return result(index, message);
		}
		Refusal unanswered = unanswered(index);
		if (unanswered != null) {
			return unanswered;
		}
		this.answered.clear();
		return switch (role) {
			case "assistant" -> assistant(index, message);
			case "system", "developer", "user" -> said(index, message.path("content"));
			default -> refused("Invalid value: '" + role + "'. Supported values are: 'system', 'assistant', 'user', "
					+ "'function', 'tool', and 'developer'.", "messages[" + index + "].role", "invalid_value");
		};
	}

	/** This API takes files as PDFs and by their ids. */
	private static @Nullable Refusal said(int index, JsonNode content) {
		if (!content.isTextual() && content.isEmpty()) {
			return noContent(index);
		}
		for (JsonNode part : content) {
			JsonNode data = part.path("file").path("file_data");
			if (data.isTextual() && !data.textValue().startsWith("data:application/pdf;base64,")) {
				return refused("Invalid file data: expected a base64-encoded data URL of a PDF.",
						"messages.[" + index + "].content", "invalid_value");
			}
		}
		return null;
	}

	private @Nullable Refusal unanswered(int index) {
		return this.open.isEmpty() ? null
				: refused("An assistant message with 'tool_calls' must be followed by tool messages responding to each "
						+ "'tool_call_id'. The following tool_call_ids did not have response messages: "
						+ String.join(", ", this.open), "messages.[" + index + "].role", null);
	}

	private @Nullable Refusal result(int index, JsonNode message) {
		String id = message.path("tool_call_id").asText();
		if (this.open.remove(id)) {
			this.answered.add(id);
			return message.path("content").isTextual() || !message.path("content").isEmpty() ? null : noContent(index);
		}
		if (this.answered.contains(id)) {
			return refused("Duplicate value for 'tool_call_id' of '" + id + "' in message[" + index + "]",
					"messages.[" + index + "].tool_call_id", null);
		}
		if (this.open.isEmpty() && this.answered.isEmpty()) {
			return refused("Invalid parameter: messages with role 'tool' must be a response to a preceeding message "
					+ "with 'tool_calls'.", "messages.[" + index + "].role", null);
		}
		return refused(
				"Invalid parameter: 'tool_call_id' of '" + id + "' not found in 'tool_calls' of previous message.",
				"messages.[" + index + "].tool_call_id", null);
	}

	private @Nullable Refusal assistant(int index, JsonNode message) {
		JsonNode calls = message.path("tool_calls");
		if (message.has("tool_calls") && calls.isEmpty()) {
			return refused(
					"Invalid 'messages[" + index + "].tool_calls': empty array. Expected an array with minimum "
							+ "length 1, but got an empty array instead.",
					"messages[" + index + "].tool_calls", "empty_array");
		}
		if (!message.hasNonNull("content") && calls.isEmpty() && !message.hasNonNull("refusal")) {
			return noContent(index);
		}
		for (int number = 0; number < calls.size(); number++) {
			Refusal refusal = call("messages[" + index + "].tool_calls[" + number + "]", calls.path(number));
			if (refusal != null) {
				return refusal;
			}
		}
		return switch (this.rules) {
			case DEEPSEEK -> thought(message);
			case OPENROUTER -> details(index, message);
			default -> unknown("messages[" + index + "]", message, OF_MESSAGES);
		};
	}

	private @Nullable Refusal call(String place, JsonNode call) {
		String id = call.path("id").asText();
		if (id.length() > LONGEST_ID) {
			return refused(
					"Invalid '" + place + ".id': string too long. Expected a string with maximum length " + LONGEST_ID
							+ ", but got a string with length " + id.length() + " instead.",
					place + ".id", "string_above_max_length");
		}
		if (!call.path("function").path("arguments").isTextual()) {
			return refused("Invalid type for '" + place + ".function.arguments': expected a string.",
					place + ".function.arguments", "invalid_type");
		}
		if (!this.open.add(id)) {
			return refused("Duplicate value for 'tool_call_id' of '" + id + "'", place + ".id", null);
		}
		return (this.rules == ProviderRules.STRICT) ? unknown(place, call, OF_CALLS) : null;
	}

	private @Nullable Refusal unknown(String place, JsonNode object, Set<String> known) {
		for (String name : (Iterable<String>) object::fieldNames) {
			if (!known.contains(name)) {
				return refused("Unknown parameter: '" + place + "." + name + "'.", place + "." + name,
						"unknown_parameter");
			}
		}
		return null;
	}

	/**
	 * In a thinking mode that is on unless it is switched off, all messages with tool
	 * calls need their thoughts, in later turns too.
	 */
	private @Nullable Refusal thought(JsonNode message) {
		boolean needed = thinks(this.body) && message.has("tool_calls");
		return (needed && message.path("reasoning_content").asText("").isEmpty())
				? refused("The `reasoning_content` in the thinking mode must be passed back to the API.", null,
						"invalid_request_error")
				: null;
	}

	static boolean thinks(JsonNode body) {
		return !body.path("thinking").path("type").asText().equals("disabled");
	}

	/** The words of the provider behind OpenRouter are within its own. */
	private @Nullable Refusal details(int index, JsonNode message) {
		for (JsonNode detail : message.path("reasoning_details")) {
			if (!this.seal.made(detail.path("text").asText(), detail.path("signature").asText())) {
				String words = "messages." + index + ".content.0: Invalid `signature` in `thinking` block";
				ObjectNode body = Json.object();
				ObjectNode error = body.putObject("error").put("message", "Provider returned error").put("code", 400);
				ObjectNode raw = Json.object().put("message", words);
				error.putObject("metadata").put("raw", Json.write(raw)).put("provider_name", "Amazon Bedrock");
				return new Refusal(words, Json.write(body));
			}
		}
		return null;
	}

	private static Refusal noContent(int index) {
		return refused("Invalid value for 'content': expected a string, got null.", "messages.[" + index + "].content",
				null);
	}

	private static Refusal refused(String words, @Nullable String param, @Nullable String code) {
		ProviderError error = new ProviderError(400, "invalid_request_error", code, words, param);
		return new Refusal(words, OpenAiErrors.write(error));
	}

}
