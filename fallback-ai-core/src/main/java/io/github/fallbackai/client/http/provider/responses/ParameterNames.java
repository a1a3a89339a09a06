// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where the parameters of chat completions are in this API. Users name them as that API
 * does, because an endpoint may be asked by either.
 */
final class ParameterNames {

	/** OpenAI, "Migrate to the Responses API". */
	private static final Map<String, String> MOVED = moved();

	/** This API has nothing like them. */
	private static final Set<String> GONE = Set.of("n", "seed", "logprobs", "top_logprobs", "logit_bias",
			"presence_penalty", "frequency_penalty", "modalities", "audio", "prediction", "functions", "function_call",
			"web_search_options", "messages");

	private ParameterNames() {
	}

	private static Map<String, String> moved() {
		Map<String, String> moved = new HashMap<>();
		moved.put("reasoning_effort", "reasoning.effort");
		moved.put("verbosity", "text.verbosity");
		moved.put("response_format", "text.format");
		moved.put("max_tokens", "max_output_tokens");
		moved.put("max_completion_tokens", "max_output_tokens");
		return moved;
	}

	/**
	 * The path to a parameter.
	 * @param name its name in either API
	 * @return a name, or two with a dot between them; empty if there is no such parameter
	 */
	static String of(String name) {
		return GONE.contains(name) ? "" : here(name);
	}

	/** The path to a parameter that is meant for this API, also one of other servers. */
	static String here(String name) {
		return MOVED.getOrDefault(name, name);
	}

}
