// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.Map;
import java.util.Set;

import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.json.Neutral;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * Finds out which endpoints do not get a parameter of a request. Immutable.
 */
final class Readers {

	/** Endpoints that get documented parameters as they are. */
	static final Set<ApiKind> OPENAI = Set.of(ApiKind.CHAT, ApiKind.RESPONSES);

	private static final Set<ApiKind> CHAT = Set.of(ApiKind.CHAT);

	private static final Set<ApiKind> WITH_GEMINI = Set.of(ApiKind.CHAT, ApiKind.GEMINI);

	private static final Set<ApiKind> WITH_ANTHROPIC = Set.of(ApiKind.CHAT, ApiKind.RESPONSES, ApiKind.ANTHROPIC);

	/** Parameters that others than OpenAI's two APIs get, or only one of these. */
	private static final Map<String, Set<ApiKind>> SPECIAL = Map.of("frequency_penalty", WITH_GEMINI,
			"presence_penalty", WITH_GEMINI, "safety_identifier", WITH_ANTHROPIC, "user", WITH_ANTHROPIC, "logit_bias",
			CHAT, "prediction", CHAT, "web_search_options", CHAT,
			// Answers come without them.
			"logprobs", Set.of(), "top_logprobs", Set.of());

	/** What every endpoint gets in its own words. */
	private static final Set<String> TRANSLATED = Set.of("response_format", "tools", "tool_choice", "modalities");

	private final ParameterNames parameters;

	Readers(ParameterNames parameters) {
		this.parameters = parameters;
	}

	void find(RequestField body, Omissions omissions) {
		body.value().fieldNames().forEachRemaining((name) -> {
			RequestField value = body.get(name);
			if (!value.absent() && !TRANSLATED.contains(name) && !this.parameters.isRead(name)) {
				parameter(name, value, omissions);
			}
		});
		if (body.get("tools").elements().isEmpty() && !body.get("tool_choice").absent()
				&& !Neutral.is(body.get("tool_choice").value())) {
			omissions.add("tool_choice");
		}
		sampling(body, omissions);
		tools(body, omissions);
		RequestField stream = body.get("stream_options");
		if (!stream.absent()) {
			stream.object().fieldNames().forEachRemaining((name) -> {
				if (!name.equals("include_usage") && !Neutral.is(stream.get(name).value())) {
					omissions.add("stream_options." + name);
				}
			});
		}
	}

	private void parameter(String name, RequestField value, Omissions omissions) {
		if (!this.parameters.passes(name)) {
			omissions.add(name);
		}
		else if (name.equals("parallel_tool_calls")) {
			if (!value.flag(true)) {
				omissions.onlyFor(name, WITH_ANTHROPIC);
			}
		}
		else if (!Neutral.is(value.value())) {
			omissions.onlyFor(name, SPECIAL.getOrDefault(name, OPENAI));
		}
	}

	private static void sampling(RequestField body, Omissions omissions) {
		if (!body.get("temperature").absent() && !body.get("top_p").absent()) {
			omissions.butFor("top_p", ApiKind.ANTHROPIC);
		}
		if (!body.get("seed").absent()) {
			omissions.onlyFor("seed", Set.of(ApiKind.CHAT, ApiKind.GEMINI, ApiKind.OTHER));
		}
	}

	private static void tools(RequestField body, Omissions omissions) {
		for (RequestField tool : body.get("tools").elements()) {
			if (tool.get("function").get("strict").flag(false)) {
				omissions.onlyFor("tools.strict", OPENAI);
			}
		}
	}

}
