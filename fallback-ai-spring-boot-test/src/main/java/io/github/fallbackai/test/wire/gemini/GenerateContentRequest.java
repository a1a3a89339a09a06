// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.fallbackai.test.wire.Message;
import io.github.fallbackai.test.wire.Prompt;

/**
 * Reads a GenerateContent request, whose model and kind of response are in its path.
 */
final class GenerateContentRequest {

	private static final Pattern URI = Pattern.compile(".*/([^/?]+):(generate|streamGenerate)Content(\\?.*)?");

	private static final Pattern SSE = Pattern.compile(".*[?&]alt=sse(&.*)?");

	private GenerateContentRequest() {
	}

	static Prompt read(String uri, JsonNode body) {
		Matcher parts = URI.matcher(uri);
		if (!parts.matches()) {
			throw new IllegalArgumentException("The path names no model");
		}
		boolean stream = parts.group(2).equals("streamGenerate");
		if (stream && !SSE.matcher(uri).matches()) {
			throw new IllegalArgumentException("Only alt=sse is simulated");
		}
		if (body.path("contents").isEmpty()) {
			throw new IllegalArgumentException("* GenerateContentRequest.contents: contents is not specified");
		}
		List<Message> conversation = new ArrayList<>();
		if (body.has("systemInstruction")) {
			conversation.add(Message.of("system", body.at("/systemInstruction/parts")));
		}
		body.path("contents").forEach((content) -> conversation.add(message(content)));
		return new Prompt(parts.group(1), stream, true, conversation);
	}

	private static Message message(JsonNode content) {
		JsonNode parts = content.path("parts");
		if (parts.path(0).has("functionResponse")) {
			return Message.of("tool", parts);
		}
		boolean model = content.path("role").asText().equals("model");
		return Message.of(model ? Message.ASSISTANT : Message.USER, parts);
	}

}
