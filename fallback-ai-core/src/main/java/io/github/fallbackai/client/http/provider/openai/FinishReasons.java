package io.github.fallbackai.client.http.provider.openai;

import java.util.Locale;
import java.util.Map;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What the values of {@code finish_reason} mean, those of compatible servers included.
 * Some of these write them in upper case.
 */
final class FinishReasons {

	private static final Map<String, FinishReason> REASONS = Map.ofEntries(Map.entry("stop", FinishReason.STOP),
			Map.entry("eos", FinishReason.STOP), Map.entry("eos_token", FinishReason.STOP),
			Map.entry("end_turn", FinishReason.STOP), Map.entry("stop_sequence", FinishReason.STOP),
			Map.entry("length", FinishReason.LENGTH), Map.entry("max_tokens", FinishReason.LENGTH),
			Map.entry("model_length", FinishReason.LENGTH), Map.entry("tool_calls", FinishReason.TOOL_CALLS),
			Map.entry("function_call", FinishReason.TOOL_CALLS), Map.entry("tool_use", FinishReason.TOOL_CALLS),
			Map.entry("content_filter", FinishReason.CONTENT_FILTER));

	/** Reasons that mean that the server gave up: OpenRouter's, vLLM's and DeepSeek's. */
	private static final Map<String, FailureKind> FAILURES = Map.of("error", FailureKind.SERVER_ERROR, "abort",
			FailureKind.SERVER_ERROR, "insufficient_system_resource", FailureKind.OVERLOADED);

	private FinishReasons() {
	}

	/** Whether there is a reason at all; some servers write {@code null} as a text. */
	static boolean given(String raw) {
		return !raw.isEmpty() && !raw.equalsIgnoreCase("null");
	}

	/** The reason in our words. */
	static FinishReason normalize(String raw) {
		return REASONS.getOrDefault(raw.toLowerCase(Locale.ROOT), FinishReason.OTHER);
	}

	static @Nullable FailureKind failure(String raw) {
		return FAILURES.get(raw.toLowerCase(Locale.ROOT));
	}

}
