// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The error of a provider that a router or a proxy passes on within its own: as JSON in
 * OpenRouter's {@code metadata.raw}, or quoted in a sentence, as JSON or in the notation
 * of Python.
 */
final class InnerError {

	/** LiteLLM and other proxies in Python quote what a client library raised. */
	private static final Pattern PYTHON = Pattern.compile("'error': \\{");

	private static final Pattern MEMBER = Pattern
		.compile("'(message|code|type|param)': (?:'((?:[^'\\\\]|\\\\.){0,2000})'|\"([^\"]{0,2000})\")");

	private InnerError() {
	}

	/**
	 * Looks for it.
	 * @param error the outer error
	 * @param message its words
	 * @return the inner error, {@code null} if there is none
	 */
	static @Nullable JsonNode of(JsonNode error, String message) {
		JsonNode raw = error.path("metadata").path("raw");
		if (raw.isTextual()) {
			return ProviderJson.read(raw.textValue());
		}
		int start = message.indexOf("{\"");
		int end = message.lastIndexOf('}') + 1;
		JsonNode quoted = (start > 0 && end > start) ? ProviderJson.read(message.substring(start, end)) : null;
		return (quoted != null && certain(quoted)) ? quoted : python(message);
	}

	/** A part of the request may be quoted, too. */
	private static boolean certain(JsonNode quoted) {
		return quoted.path("error").isObject() || (quoted.path("message").isTextual()
				&& (quoted.path("code").isTextual() || quoted.path("type").isTextual()));
	}

	private static @Nullable JsonNode python(String message) {
		Matcher start = PYTHON.matcher(message);
		if (!start.find()) {
			return null;
		}
		var inner = ProviderJson.MAPPER.createObjectNode();
		Matcher member = MEMBER.matcher(message);
		while (member.find()) {
			if (!inner.has(member.group(1))) {
				inner.put(member.group(1), (member.group(2) != null) ? member.group(2) : member.group(3));
			}
		}
		return inner.has("message") ? ProviderJson.MAPPER.createObjectNode().set("error", inner) : null;
	}

}
