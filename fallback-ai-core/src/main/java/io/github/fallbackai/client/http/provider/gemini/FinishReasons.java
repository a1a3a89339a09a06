package io.github.fallbackai.client.http.provider.gemini;

import java.util.Map;
import java.util.Set;

import io.github.fallbackai.chat.FinishReason;

/**
 * What the values of {@code finishReason} mean: see
 * <a href="https://ai.google.dev/api/generate-content#FinishReason">FinishReason</a>.
 */
final class FinishReasons {

	private static final Map<String, FinishReason> REASONS = Map.of("STOP", FinishReason.STOP, "MAX_TOKENS",
			FinishReason.LENGTH, "SAFETY", FinishReason.CONTENT_FILTER, "RECITATION", FinishReason.CONTENT_FILTER,
			"BLOCKLIST", FinishReason.CONTENT_FILTER, "PROHIBITED_CONTENT", FinishReason.CONTENT_FILTER, "SPII",
			FinishReason.CONTENT_FILTER, "IMAGE_SAFETY", FinishReason.CONTENT_FILTER);

	/** Reasons that mean that the model produced garbage instead of an answer. */
	private static final Set<String> GARBAGE = Set.of("MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL",
			"TOO_MANY_TOOL_CALLS", "MALFORMED_RESPONSE", "MISSING_THOUGHT_SIGNATURE");

	private FinishReasons() {
	}

	/** Whether there is a reason at all. */
	static boolean given(String raw) {
		return !raw.isEmpty() && !raw.equals("FINISH_REASON_UNSPECIFIED");
	}

	static FinishReason normalize(String raw) {
		return REASONS.getOrDefault(raw, FinishReason.OTHER);
	}

	static boolean garbage(String raw) {
		return GARBAGE.contains(raw);
	}

}
