package io.github.fallbackai.client.http.provider.anthropic;

import java.util.Map;

import io.github.fallbackai.chat.FinishReason;

/**
 * What the values of {@code stop_reason} mean: see
 * <a href="https://docs.anthropic.com/en/api/handling-stop-reasons">handling stop
 * reasons</a>. {@code pause_turn}, which only the provider's own tools cause, is none of
 * ours and stays visible as the raw reason.
 */
final class StopReasons {

	private static final Map<String, FinishReason> REASONS = Map.of("end_turn", FinishReason.STOP, "stop_sequence",
			FinishReason.STOP, "max_tokens", FinishReason.LENGTH, "model_context_window_exceeded", FinishReason.LENGTH,
			"tool_use", FinishReason.TOOL_CALLS, "refusal", FinishReason.CONTENT_FILTER);

	private StopReasons() {
	}

	static FinishReason normalize(String raw) {
		return REASONS.getOrDefault(raw, FinishReason.OTHER);
	}

}
