// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of finish reasons, in the words of all providers, because a server that is
 * compatible with one provider may pass on the words of another. Case does not matter.
 * For an unknown word, its parts decide. If they say nothing, it is
 * {@link FinishReason#OTHER}, never a normal end.
 */
public final class EndingWords {

	/** Words that say that there is no end yet: watsonx, Google, and null as a text. */
	private static final Set<String> NONE = Set.of("", "null", "not_finished", "finish_reason_unspecified");

	private static final Map<String, Ending> KNOWN = new HashMap<>();

	/** Parts of unknown words; the first one that is found counts. */
	private static final Map<Pattern, Ending> PARTS = new LinkedHashMap<>();

	static {
		// OpenAI, Google; Together and TGI; Anthropic and Bedrock; Cohere; OpenAI,
		// responses.
		ends(FinishReason.STOP, "stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete", "completed");
		// OpenAI; Anthropic, Bedrock, Google; Mistral; z.ai and Bedrock; watsonx; Cohere.
		ends(FinishReason.LENGTH, "length", "max_tokens", "model_length", "model_context_window_exceeded",
				"token_limit", "error_limit");
		// OpenAI; Anthropic and Bedrock; Cohere.
		ends(FinishReason.TOOL_CALLS, "tool_calls", "function_call", "tool_use", "tool_call");
		// OpenAI and Azure; Bedrock; Anthropic; z.ai; Cohere.
		ends(FinishReason.CONTENT_FILTER, "content_filter", "content_filtered", "guardrail_intervened", "refusal",
				"sensitive", "error_toxic");
		// Google, FinishReason.
		ends(FinishReason.CONTENT_FILTER, "safety", "recitation", "blocklist", "prohibited_content", "spii",
				"image_safety", "image_prohibited_content", "image_recitation", "model_armor");
		// OpenRouter; vLLM and SGLang; z.ai; Cohere and watsonx.
		fails(FailureKind.SERVER_ERROR, "error", "abort", "network_error", "user_cancel", "cancelled", "time_limit");
		// DeepSeek.
		fails(FailureKind.OVERLOADED, "insufficient_system_resource");
		// Google, Bedrock: the model's own output is garbage.
		fails(FailureKind.REJECTED, "malformed_function_call", "unexpected_tool_call", "too_many_tool_calls",
				"malformed_response", "missing_thought_signature", "malformed_model_output", "malformed_tool_use");
		part("safety|sensitiv|prohibit|policy|filter|block|moderat|guardrail|violat|harm|unsafe|toxic|copyright|pii",
				Ending.of(FinishReason.CONTENT_FILTER));
		part("max_?(?:\\w+_)?(?:tokens?|length)|(?:token|length)_?limit|context_?(?:window|length)|truncat|too_?long",
				Ending.of(FinishReason.LENGTH));
		part("error|fail|abort|cancel|interrupt|time_?d?_?out|disconnect|unavailable|overload|crash|killed|exception",
				Ending.of(FailureKind.SERVER_ERROR));
	}

	private EndingWords() {
	}

	/** Whether a word says that the answer ends at all. */
	public static boolean given(String word) {
		return !NONE.contains(word.toLowerCase(Locale.ROOT));
	}

	/**
	 * Looks a word up.
	 * @param word the word, as the provider writes it
	 * @return what it means
	 */
	public static Ending find(String word) {
		String normalized = word.toLowerCase(Locale.ROOT);
		Ending known = KNOWN.get(normalized);
		if (known != null) {
			return known;
		}
		for (Map.Entry<Pattern, Ending> part : PARTS.entrySet()) {
			if (part.getKey().matcher(normalized).find()) {
				return part.getValue();
			}
		}
		return Ending.of(FinishReason.OTHER);
	}

	/** Every word that a provider is known for, so that a test can ask for an example. */
	static Set<String> known() {
		return Set.copyOf(KNOWN.keySet());
	}

	private static void ends(FinishReason reason, String... words) {
		for (String word : words) {
			KNOWN.put(word, Ending.of(reason));
		}
	}

	private static void fails(FailureKind failure, String... words) {
		for (String word : words) {
			KNOWN.put(word, Ending.of(failure));
		}
	}

	private static void part(String regex, Ending ending) {
		PARTS.put(Pattern.compile(regex), ending);
	}

	/**
	 * How an answer ends.
	 *
	 * @param reason why the model stopped
	 * @param failure what went wrong, {@code null} if the answer ends normally
	 */
	public record Ending(FinishReason reason, @Nullable FailureKind failure) {

		static Ending of(FinishReason reason) {
			return new Ending(reason, null);
		}

		static Ending of(FailureKind failure) {
			return new Ending(FinishReason.OTHER, failure);
		}

	}

}
