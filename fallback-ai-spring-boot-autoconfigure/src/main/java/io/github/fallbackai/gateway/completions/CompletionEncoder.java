// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.state.ProviderMembers;

/**
 * Writes a whole answer: see
 * <a href="https://platform.openai.com/docs/api-reference/chat/object">the chat
 * completion object</a>.
 */
final class CompletionEncoder {

	private CompletionEncoder() {
	}

	static byte[] encode(ChatResponse response) {
		ObjectNode json = GatewayJson.object();
		json.put("id", AnswerJson.newId());
		json.put("object", "chat.completion");
		json.put("created", Instant.now().getEpochSecond());
		json.put("model", response.model());
		ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
		message(response, choice.putObject("message"));
		choice.putNull("logprobs");
		choice.put("finish_reason", AnswerJson.finishReason(response));
		if (response.usage() != null) {
			json.set("usage", AnswerJson.usage(response.usage()));
		}
		return GatewayJson.write(json);
	}

	private static void message(ChatResponse response, ObjectNode message) {
		boolean refusal = response.finishReason() == FinishReason.REFUSAL;
		boolean onlyTools = response.text().isEmpty() && !response.toolCalls().isEmpty();
		message.put("role", "assistant");
		message.put("content", (refusal || onlyTools) ? null : response.text());
		message.put("refusal", refusal ? response.text() : null);
		if (!response.reasoning().isEmpty()) {
			message.put("reasoning_content", response.reasoning());
		}
		response.annotations().forEach((annotation) -> AnswerJson.add(annotation, message));
		if (!response.toolCalls().isEmpty()) {
			ArrayNode calls = message.putArray("tool_calls");
			response.toolCalls().forEach((call) -> AnswerJson.add(call, calls));
		}
		ProviderMembers.add(response.toMessage(), message);
	}

}
