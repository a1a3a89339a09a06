// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.TokenNumbers;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens that a chunk or an answer reports. They are known only if the tokens
 * of the prompt and those of the answer are reported, or follow from the total.
 */
final class UsageDecoder {

	private UsageDecoder() {
	}

	static @Nullable Usage decode(JsonNode chunk) {
		JsonNode usage = chunk.path("usage");
		if (!usage.isObject()) {
			// Groq's place for it before it knew stream_options.
			usage = chunk.path("x_groq").path("usage");
		}
		if (!usage.isObject()) {
			// Where Moonshot puts it.
			usage = chunk.path("choices").path(0).path("usage");
		}
		if (!usage.isObject()) {
			return null;
		}
		Long total = TokenNumbers.read(usage.path("total_tokens"));
		Long input = read(usage, "prompt_tokens", "input_tokens");
		Long output = read(usage, "completion_tokens", "output_tokens");
		if (input == null) {
			input = TokenNumbers.rest(total, output);
		}
		// xAI does not count reasoning in completion_tokens, but it counts it in the
		// total.
		Long rest = TokenNumbers.rest(total, input);
		if (output == null || (rest != null && rest > output)) {
			output = rest;
		}
		if (input == null || output == null) {
			return null;
		}
		return new Usage(input, output, cached(usage),
				TokenNumbers.read(usage.path("completion_tokens_details").path("reasoning_tokens")), written(usage));
	}

	/** Servers that also speak other formats use their names. */
	private static @Nullable Long read(JsonNode usage, String name, String otherName) {
		Long tokens = TokenNumbers.read(usage.path(name));
		return (tokens != null) ? tokens : TokenNumbers.read(usage.path(otherName));
	}

	private static @Nullable Long cached(JsonNode usage) {
		Long cached = TokenNumbers.read(usage.path("prompt_tokens_details").path("cached_tokens"));
		// DeepSeek's name for it, and Moonshot's.
		for (String name : new String[] { "prompt_cache_hit_tokens", "cached_tokens" }) {
			cached = (cached != null) ? cached : TokenNumbers.read(usage.path(name));
		}
		return cached;
	}

	/** OpenRouter's name for it, and DashScope's. */
	private static @Nullable Long written(JsonNode usage) {
		JsonNode details = usage.path("prompt_tokens_details");
		Long written = TokenNumbers.read(details.path("cache_write_tokens"));
		return (written != null) ? written : TokenNumbers.read(details.path("cache_creation_input_tokens"));
	}

}
