// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Set;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiFamily;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * Translates parameters that this library cannot express into those of providers.
 */
final class ProviderHints {

	private static final String ANTHROPIC = "anthropic";

	private ProviderHints() {
	}

	/**
	 * Adds the hints.
	 * @param body the request
	 * @param tools whether any tool is left that the client runs
	 * @param hosted whether any is left that a provider runs
	 * @param chat gets them
	 * @param leftOut what is left out
	 */
	static void add(RequestField body, boolean tools, boolean hosted, ChatRequestBuilder chat, LeftOut leftOut) {
		boolean parallel = body.get("parallel_tool_calls").flag(true);
		if (tools && !body.get("parallel_tool_calls").absent()) {
			// OpenAI refuses it without tools.
			OpenAiFamily.add(chat, "parallel_tool_calls", parallel);
		}
		else if (!parallel && hosted) {
			LeftOut.passOn(chat, "parallel_tool_calls", BooleanNode.FALSE);
			leftOut.onlyFor("parallel_tool_calls", Set.of(ApiKind.RESPONSES));
		}
		RequestField choice = body.get("tool_choice");
		boolean none = choice.isText() && choice.text().equals("none");
		if (tools && !none && !parallel) {
			// The switch is part of the tool choice, which the request may not have.
			ObjectNode single = GatewayJson.object().put("disable_parallel_tool_use", true);
			if (choice.absent()) {
				single.put("type", "auto");
			}
			chat.extra(ANTHROPIC, "tool_choice", single);
			leftOut.onlyFor("parallel_tool_calls", Set.of(ApiKind.CHAT, ApiKind.RESPONSES, ApiKind.ANTHROPIC));
		}
		RequestField id = body.get("safety_identifier").absent() ? body.get("user") : body.get("safety_identifier");
		if (!id.absent()) {
			chat.extra(ANTHROPIC, "metadata", GatewayJson.object().put("user_id", id.text()));
		}
	}

}
