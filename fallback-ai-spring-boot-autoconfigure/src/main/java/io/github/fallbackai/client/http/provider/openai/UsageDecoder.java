package io.github.fallbackai.client.http.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens that a chunk or an answer reports.
 */
final class UsageDecoder {

	private UsageDecoder() {
	}

	static @Nullable Usage decode(JsonNode chunk) {
		JsonNode usage = chunk.path("usage");
		if (!usage.isObject()) {
			// Where Groq put it before it knew stream_options.
			usage = chunk.path("x_groq").path("usage");
		}
		if (!usage.isObject()) {
			return null;
		}
		long input = tokens(usage.path("prompt_tokens"));
		long output = tokens(usage.path("completion_tokens"));
		long total = tokens(usage.path("total_tokens"));
		JsonNode cached = usage.path("prompt_tokens_details").path("cached_tokens");
		if (!cached.isNumber()) {
			// DeepSeek's name for it.
			cached = usage.path("prompt_cache_hit_tokens");
		}
		JsonNode reasoning = usage.path("completion_tokens_details").path("reasoning_tokens");
		// xAI leaves reasoning out of completion_tokens, but not out of the total.
		return new Usage(input, Math.max(output, total - input), orNull(cached), orNull(reasoning));
	}

	private static @Nullable Long orNull(JsonNode node) {
		return node.isNumber() ? tokens(node) : null;
	}

	private static long tokens(JsonNode node) {
		return Math.max(0, node.asLong(0));
	}

}
