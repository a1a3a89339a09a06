// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * Translates parameters that this library cannot express into those of Anthropic and
 * Gemini. Parameters that these do not have are hints and are left out.
 */
final class ProviderTranslation {

	private ProviderTranslation() {
	}

	static void add(RequestField body, ChatRequestBuilder chat) {
		anthropic(body, chat);
		gemini(body, chat);
	}

	/**
	 * See <a href="https://docs.anthropic.com/en/api/messages">the Messages API</a>.
	 */
	private static void anthropic(RequestField body, ChatRequestBuilder chat) {
		if (!body.get("tools").elements().isEmpty() && !body.get("parallel_tool_calls").flag(true)) {
			oneToolAtATime(body.get("tool_choice"), chat);
		}
		RequestField id = body.get("safety_identifier").absent() ? body.get("user") : body.get("safety_identifier");
		if (!id.absent()) {
			chat.extra("anthropic", "metadata", GatewayJson.object().put("user_id", id.text()));
		}
	}

	/** The switch is part of the tool choice, which the request may not have. */
	private static void oneToolAtATime(RequestField choice, ChatRequestBuilder chat) {
		ObjectNode single = GatewayJson.object().put("disable_parallel_tool_use", true);
		if (choice.absent()) {
			single.put("type", "auto");
		}
		if (choice.isText() && choice.text().equals("none")) {
			return;
		}
		chat.extra("anthropic", "tool_choice", single);
	}

	/**
	 * See <a href="https://ai.google.dev/api/generate-content#generationconfig">the
	 * generation config</a>.
	 */
	private static void gemini(RequestField body, ChatRequestBuilder chat) {
		ObjectNode config = GatewayJson.object();
		penalty(body.get("frequency_penalty"), "frequencyPenalty", config);
		penalty(body.get("presence_penalty"), "presencePenalty", config);
		if (!config.isEmpty()) {
			chat.extra("gemini", "generationConfig", config);
		}
	}

	/** Zero has no effect, and some models refuse the parameter. */
	private static void penalty(RequestField penalty, String name, ObjectNode config) {
		if (!penalty.absent() && penalty.number() != 0) {
			config.put(name, penalty.number());
		}
	}

}
