// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.EnumSet;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.Neutral;
import io.github.fallbackai.gateway.json.OpenAiFamily;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;

/**
 * Reads parameters that the API documents and that go to endpoints as they are: most of
 * them only to those that are asked by the Responses API. Those that ask for nothing stay
 * here, because some models refuse them.
 */
final class DocumentedParameters {

	/** All that are read here. */
	static final Set<String> NAMES = Set.of("context_management", "frequency_penalty", "max_tool_calls",
			"presence_penalty", "top_logprobs");

	private static final Set<ApiKind> RESPONSES_ONLY = Set.of(ApiKind.RESPONSES);

	private static final Set<ApiKind> PENALIZES = EnumSet.of(ApiKind.CHAT, ApiKind.RESPONSES, ApiKind.GEMINI);

	private static final int MOST_LOGPROBS = 20;

	private static final int ENTRIES = 100;

	private DocumentedParameters() {
	}

	static void add(RequestField body, ChatRequestBuilder chat, LeftOut leftOut, TextBudget texts) {
		if (!body.get("max_tool_calls").absent()) {
			body.get("max_tool_calls").integer(1, Integer.MAX_VALUE);
		}
		if (!body.get("top_logprobs").absent()) {
			body.get("top_logprobs").integer(0, MOST_LOGPROBS);
		}
		if (!Neutral.is(body.get("top_logprobs").value())) {
			// Answers come without them.
			leftOut.add("top_logprobs");
		}
		body.get("context_management").elements(ENTRIES).forEach(RequestField::object);
		for (String name : new String[] { "context_management", "max_tool_calls" }) {
			RequestField value = body.get(name);
			if (!Neutral.is(value.value())) {
				texts.take(value.value());
				LeftOut.passOn(chat, name, value.value());
				leftOut.onlyFor(name, RESPONSES_ONLY);
			}
		}
		ObjectNode gemini = GatewayJson.object();
		penalty(body.get("frequency_penalty"), "frequencyPenalty", gemini, chat, leftOut);
		penalty(body.get("presence_penalty"), "presencePenalty", gemini, chat, leftOut);
		if (!gemini.isEmpty()) {
			chat.extra("gemini", "generationConfig", gemini);
		}
	}

	private static void penalty(RequestField penalty, String other, ObjectNode gemini, ChatRequestBuilder chat,
			LeftOut leftOut) {
		if (!penalty.absent() && penalty.number() != 0) {
			OpenAiFamily.add(chat, penalty.path(), penalty.value());
			LeftOut.passOn(chat, penalty.path(), penalty.value());
			leftOut.onlyFor(penalty.path(), PENALIZES);
			gemini.put(other, penalty.number());
		}
	}

}
