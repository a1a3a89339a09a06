// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.Refusal;
import io.github.fallbackai.test.wire.Seal;

/**
 * What Google refuses about a conversation.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Thought
 * signatures</a>
 * @see <a href="https://ai.google.dev/gemini-api/docs/function-calling">Function
 * calling</a>
 */
final class ContentsRules {

	static final String SIGNATURE = "thoughtSignature";

	/** What Google documents for calls that another model made. */
	private static final String NO_SIGNATURE = "skip_thought_signature_validator";

	private static final String CALL = "functionCall";

	private static final String RESPONSE = "functionResponse";

	private static final Pattern SIGNING = Pattern.compile("gemini-(?![12]\\D).*");

	private final JsonNode contents;

	private final boolean signs;

	private final Seal seal;

	ContentsRules(String model, JsonNode contents) {
		this.contents = contents;
		this.signs = signs(model);
		this.seal = new Seal(model);
	}

	/** From Gemini 3 on, models insist on signatures. */
	static boolean signs(String model) {
		return SIGNING.matcher(model).matches();
	}

	/** What a signature of a call is for. */
	static String content(JsonNode functionCall) {
		return functionCall.path("name").asText() + Json.write(functionCall.path("args"));
	}

	@Nullable Refusal refusal() {
		for (int index = 0; index < this.contents.size(); index++) {
			Refusal refusal = content(index);
			if (refusal == null) {
				refusal = order(index);
			}
			if (refusal != null) {
				return refusal;
			}
		}
		if (!role(this.contents.size() - 1).equals("user")) {
			boolean calls = !named(this.contents.size() - 1, CALL).isEmpty();
			return calls ? refused("Please ensure that the number of function response parts is equal to the number of "
					+ "function call parts of the function call turn.") : null;
		}
		return this.signs ? unsigned() : null;
	}

	private @Nullable Refusal content(int index) {
		String role = role(index);
		if (!role.equals("user") && !role.equals("model")) {
			return refused("Please use a valid role: user, model.");
		}
		if (index > 0 && role.equals(role(index - 1))) {
			return refused("Please ensure that multiturn requests alternate between user and model.");
		}
		JsonNode parts = this.contents.path(index).path("parts");
		if (parts.isEmpty()) {
			return refused("* GenerateContentRequest.contents[" + index + "].parts: contents.parts must not be empty.");
		}
		for (int number = 0; number < parts.size(); number++) {
			JsonNode part = parts.path(number);
			boolean empty = part.path("text").asText().isEmpty() && !part.has(CALL) && !part.has(RESPONSE)
					&& !part.has("inlineData") && !part.has("fileData") && !part.has(SIGNATURE);
			if (empty) {
				return refused("* GenerateContentRequest.contents[" + index + "].parts[" + number
						+ "].data: required oneof field 'data' must have one initialized field");
			}
			String signature = part.path(SIGNATURE).asText();
			if (!signature.isEmpty() && !signature.equals(NO_SIGNATURE) && !isOwn(part, signature)) {
				return refused("Corrupted thought signature.");
			}
		}
		return null;
	}

	private boolean isOwn(JsonNode part, String signature) {
		return part.has(CALL) ? this.seal.made(content(part.path(CALL)), signature) : this.seal.made(signature);
	}

	private @Nullable Refusal order(int index) {
		List<String> calls = named(index, CALL);
		List<String> responses = named(index, RESPONSE);
		if (!calls.isEmpty() && index == 0) {
			return refused(
					"Please ensure that function call turn comes immediately after a user turn or after a function "
							+ "response turn.");
		}
		List<String> called = (index > 0) ? named(index - 1, CALL) : List.of();
		if (!responses.isEmpty() && called.isEmpty()) {
			return refused("Please ensure that function response turn comes immediately after a function call turn.");
		}
		return responses.equals(called) ? null
				: refused("Please ensure that the number of function response parts is equal to the number of function "
						+ "call parts of the function call turn.");
	}

	/**
	 * In the turn that began with the last words of the user, the first call of each step
	 * has a signature.
	 */
	private @Nullable Refusal unsigned() {
		for (int index = this.contents.size() - 1; index >= 0; index--) {
			if (role(index).equals("user") && named(index, RESPONSE).isEmpty()) {
				return null;
			}
			for (JsonNode part : this.contents.path(index).path("parts")) {
				if (part.has(CALL)) {
					if (!part.has(SIGNATURE)) {
						return refused(
								"Function call is missing a thought_signature in functionCall parts. This is required "
										+ "for tools to work correctly, and missing thought_signature may lead to degraded model "
										+ "performance. Additional data, function call `default_api:"
										+ part.path(CALL).path("name").asText() + "` , position " + (index + 1) + ".");
					}
					break;
				}
			}
		}
		return null;
	}

	private String role(int index) {
		return this.contents.path(index).path("role").asText("user");
	}

	private List<String> named(int index, String member) {
		List<String> names = new ArrayList<>();
		for (JsonNode part : this.contents.path(index).path("parts")) {
			if (part.has(member)) {
				names.add(part.path(member).path("name").asText());
			}
		}
		return names;
	}

	private static Refusal refused(String words) {
		return new Refusal(words, GeminiErrors.write(ProviderError.of(400).withMessage(words)));
	}

}
