// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.TokenNumbers;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code usageMetadata}: see
 * <a href="https://ai.google.dev/api/generate-content#UsageMetadata">UsageMetadata</a>.
 * Thoughts are counted separately from the candidates' tokens, cached tokens are part of
 * the prompt's. The prompt's tokens have to be reported, or to follow from the total.
 */
final class UsageDecoder {

	private UsageDecoder() {
	}

	static @Nullable Usage decode(JsonNode usage) {
		Long output = sum(usage, "candidatesTokenCount", "thoughtsTokenCount");
		Long input = sum(usage, "promptTokenCount", "toolUsePromptTokenCount");
		if (input == null || !usage.hasNonNull("promptTokenCount")) {
			input = TokenNumbers.rest(TokenNumbers.read(usage.path("totalTokenCount")), output);
		}
		if (input == null || output == null) {
			return null;
		}
		return new Usage(input, output, TokenNumbers.read(usage.path("cachedContentTokenCount")),
				TokenNumbers.read(usage.path("thoughtsTokenCount")));
	}

	/** A number that is zero is left out. */
	private static @Nullable Long sum(JsonNode usage, String... names) {
		long sum = 0;
		for (String name : names) {
			Long tokens = usage.hasNonNull(name) ? TokenNumbers.read(usage.path(name)) : Long.valueOf(0);
			if (tokens == null) {
				return null;
			}
			sum += tokens;
		}
		return sum;
	}

}
