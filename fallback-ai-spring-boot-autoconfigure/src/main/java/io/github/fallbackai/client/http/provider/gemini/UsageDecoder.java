package io.github.fallbackai.client.http.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code usageMetadata}: see
 * <a href="https://ai.google.dev/api/generate-content#UsageMetadata">UsageMetadata</a>.
 * Thoughts are counted beside the candidates' tokens, cached tokens within the prompt's.
 */
final class UsageDecoder {

	private UsageDecoder() {
	}

	static @Nullable Usage decode(JsonNode usage) {
		if (!usage.path("promptTokenCount").isNumber()) {
			return null;
		}
		long input = tokens(usage, "promptTokenCount") + tokens(usage, "toolUsePromptTokenCount");
		long output = tokens(usage, "candidatesTokenCount") + tokens(usage, "thoughtsTokenCount");
		return new Usage(input, output, optional(usage, "cachedContentTokenCount"),
				optional(usage, "thoughtsTokenCount"));
	}

	private static @Nullable Long optional(JsonNode usage, String name) {
		return usage.path(name).isNumber() ? tokens(usage, name) : null;
	}

	private static long tokens(JsonNode usage, String name) {
		return Math.max(0, usage.path(name).asLong(0));
	}

}
