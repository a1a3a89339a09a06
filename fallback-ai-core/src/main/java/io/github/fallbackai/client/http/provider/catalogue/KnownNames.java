// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of parameters, and of members of messages, that the documentation of a provider
 * or server has. There are so many and no more, while a caller may think of any number of
 * others.
 */
public final class KnownNames {

	/** OpenAI: chat completions and responses, and servers with the same format. */
	private static final String OPENAI = """
			audio background chat_template_kwargs conversation enable_thinking extra_body frequency_penalty
			function_call functions guided_json include input instructions logit_bias logprobs max_completion_tokens
			max_output_tokens max_tokens max_tool_calls metadata min_p min_tokens modalities models moderation n
			parallel_tool_calls plugins prediction presence_penalty previous_response_id prompt
			prompt_cache_key prompt_cache_options prompt_cache_retention provider reasoning reasoning_effort
			reasoning_format reasoning_split repetition_penalty response_format route safe_prompt
			safety_identifier seed service_tier stop store stream stream_options temperature text tool_choice tools
			top_k top_logprobs top_p transforms truncation typical_p usage user verbosity web_search_options
			effort format summary context""";

	private static final String ANTHROPIC = """
			betas budget_tokens cache_control container context_management inference_geo mcp_servers output_config
			output_format speed stop_sequences system thinking""";

	private static final String GEMINI = """
			audioTimestamp cachedContent candidateCount enableEnhancedCivicAnswers generationConfig imageConfig labels
			maxOutputTokens mediaResolution responseJsonSchema responseLogprobs responseMimeType responseModalities
			responseSchema safetySettings speechConfig thinkingConfig toolConfig""";

	/** OpenAI's embeddings, and those of others. */
	private static final String EMBEDDINGS = "dimensions encoding_format input_type task truncate";

	private static final String WITHIN_PARAMETERS = """
			allowed_tools description enabled exclude include_obfuscation include_usage json_schema max_tokens mode
			name schema strict type ttl user_id""";

	private static final String OF_MESSAGES = """
			annotations citations encrypted_content extra_content id index logprobs name phase prefix
			reasoning_content reasoning_details refusal status thinking_blocks thought_signature""";

	private static final Set<String> NAMES = Pattern.compile("\\s+")
		.splitAsStream(String.join(" ", OPENAI, ANTHROPIC, GEMINI, EMBEDDINGS, WITHIN_PARAMETERS, OF_MESSAGES))
		.map(KnownNames::normalized)
		.collect(Collectors.toUnmodifiableSet());

	private KnownNames() {
	}

	/** Whether a name is one of them, in any spelling. */
	public static boolean contain(String name) {
		return NAMES.contains(normalized(name));
	}

	private static String normalized(String name) {
		return name.replace("_", "").toLowerCase(Locale.ROOT);
	}

}
