// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.anthropic;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.Prompt;
import io.github.fallbackai.test.wire.Turn;

/**
 * Counts the tokens of a request: {@code POST .../messages/count_tokens}. What is about
 * the answer has no place there.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages-count-tokens">Count tokens</a>
 */
public final class TokenCountFormat extends AnthropicFormat {

	private static final Set<String> OF_ANSWERS = Set.of("max_tokens", "stream", "temperature", "top_p", "top_k",
			"stop_sequences", "metadata", "service_tier");

	@Override
	public boolean serves(String path) {
		return path.endsWith("/messages/count_tokens");
	}

	@Override
	public Prompt read(String uri, JsonNode body) {
		body.fieldNames().forEachRemaining((name) -> {
			if (OF_ANSWERS.contains(name)) {
				throw new IllegalArgumentException(name + ": Extra inputs are not permitted");
			}
		});
		ObjectNode message = body.isObject() ? body.deepCopy() : Json.object();
		return MessagesRequest.read(message.put("max_tokens", 1));
	}

	@Override
	public String unary(Turn turn) {
		return Json.write(Json.object().put("input_tokens", turn.usage().input()));
	}

}
