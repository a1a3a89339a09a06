// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * Translates parameters that this library cannot express into those of OpenAI and Gemini.
 * Parameters that these do not have are hints and are left out there.
 */
final class OtherProviders {

	private static final Set<String> OPENAI = Set.of("openai", "azure-openai");

	private static final Set<ApiKind> OPENAI_APIS = Set.of(ApiKind.CHAT, ApiKind.RESPONSES);

	private static final Set<ApiKind> WITH_GEMINI = Set.of(ApiKind.CHAT, ApiKind.RESPONSES, ApiKind.GEMINI);

	/** OpenAI refuses a longer name of a user. */
	private static final int LONGEST_USER = 64;

	/** The highest efforts have no name that all models of OpenAI know. */
	private static final Map<String, String> EFFORTS = Map.of("low", "low", "medium", "medium", "high", "high", "xhigh",
			"high", "max", "high");

	private static final int LITTLE = 4096;

	/**
	 * What all its models take that have a budget. See
	 * <a href= "https://ai.google.dev/gemini-api/docs/thinking">thinking</a>.
	 */
	private static final int MOST_OF_GEMINI = 24_576;

	private static final int MUCH = 16_384;

	private OtherProviders() {
	}

	static void add(RequestField body, ChatRequestBuilder chat, Needs needs) {
		openAi(body, chat);
		leftOut(body, needs);
		ObjectNode config = gemini(body);
		if (!config.isEmpty()) {
			chat.extra("gemini", "generationConfig", config);
		}
	}

	private static void leftOut(RequestField body, Needs needs) {
		boolean effort = effort(body) != null;
		if (enabled(body)) {
			needs.leftOut("thinking", effort ? WITH_GEMINI : Set.of(ApiKind.GEMINI));
		}
		RequestField output = body.get("output_config");
		if (!output.absent()) {
			output.object().fieldNames().forEachRemaining((name) -> {
				if (!name.equals("format")) {
					needs.leftOut("output_config." + name, (name.equals("effort") && effort) ? OPENAI_APIS : Set.of());
				}
			});
		}
		RequestField user = body.get("metadata").get("user_id");
		if (!user.absent()) {
			boolean fits = user.text().length() <= LONGEST_USER;
			needs.leftOut("metadata.user_id", fits ? OPENAI_APIS : Set.of());
		}
		if (body.get("tool_choice").get("disable_parallel_tool_use").flag(false)) {
			needs.leftOut("tool_choice.disable_parallel_tool_use", OPENAI_APIS);
		}
	}

	private static void openAi(RequestField body, ChatRequestBuilder chat) {
		String effort = effort(body);
		RequestField user = body.get("metadata").get("user_id");
		RequestField choice = body.get("tool_choice");
		boolean single = !body.get("tools").elements().isEmpty() && choice.get("disable_parallel_tool_use").flag(false);
		for (String provider : OPENAI) {
			if (effort != null) {
				chat.extra(provider, "reasoning_effort", effort);
			}
			if (user.isText() && user.text().length() <= LONGEST_USER) {
				chat.extra(provider, "user", user.text());
			}
			if (single) {
				chat.extra(provider, "parallel_tool_calls", false);
			}
		}
	}

	/** How much the model has to think, {@code null} if the client does not say. */
	private static @Nullable String effort(RequestField body) {
		RequestField effort = body.get("output_config").get("effort");
		if (!effort.absent()) {
			return EFFORTS.get(effort.text());
		}
		RequestField budget = body.get("thinking").get("budget_tokens");
		if (!budget.value().isIntegralNumber() || !enabled(body)) {
			return null;
		}
		long tokens = budget.integer();
		return (tokens < LITTLE) ? "low" : (tokens < MUCH) ? "medium" : "high";
	}

	/** Whether the client wants thoughts. */
	static boolean enabled(RequestField body) {
		RequestField thinking = body.get("thinking");
		return !thinking.absent() && !thinking.get("type").text().equals("disabled");
	}

	/**
	 * See <a href="https://ai.google.dev/api/generate-content#generationconfig">the
	 * generation config</a>.
	 */
	private static ObjectNode gemini(RequestField body) {
		ObjectNode config = GatewayJson.object();
		if (!body.get("top_k").absent()) {
			config.put("topK", body.get("top_k").integer());
		}
		if (enabled(body)) {
			ObjectNode thinking = config.putObject("thinkingConfig").put("includeThoughts", true);
			RequestField budget = body.get("thinking").get("budget_tokens");
			if (budget.value().isIntegralNumber()) {
				thinking.put("thinkingBudget", Math.min(budget.integer(), MOST_OF_GEMINI));
			}
		}
		return config;
	}

}
