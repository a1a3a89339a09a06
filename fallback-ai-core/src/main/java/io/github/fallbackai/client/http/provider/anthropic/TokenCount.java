// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.TokenNumbers;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the tokens that an answer reports, some at its beginning and the rest at its
 * end. Anthropic does not include cached tokens in {@code input_tokens}. Belongs to one
 * answer.
 */
final class TokenCount {

	private @Nullable Long input;

	private @Nullable Long cacheCreation;

	private @Nullable Long cacheRead;

	private @Nullable Long output;

	private @Nullable Long thinking;

	/**
	 * Reads a {@code usage} object. Numbers that it does not mention stay as they are.
	 * @param usage the object
	 * @return what is known now, {@code null} if the object says nothing, or if either
	 * the prompt's or the answer's tokens are still unknown
	 */
	@Nullable Usage add(JsonNode usage) {
		if (!usage.isObject() || usage.isEmpty()) {
			return null;
		}
		this.input = tokens(usage.path("input_tokens"), this.input);
		this.cacheCreation = tokens(usage.path("cache_creation_input_tokens"), this.cacheCreation);
		this.cacheRead = tokens(usage.path("cache_read_input_tokens"), this.cacheRead);
		this.output = tokens(usage.path("output_tokens"), this.output);
		this.thinking = tokens(usage.path("output_tokens_details").path("thinking_tokens"), this.thinking);
		if (this.input == null || this.output == null) {
			return null;
		}
		return new Usage(this.input + orZero(this.cacheCreation) + orZero(this.cacheRead), this.output, this.cacheRead,
				this.thinking, this.cacheCreation);
	}

	private static @Nullable Long tokens(JsonNode node, @Nullable Long before) {
		Long tokens = TokenNumbers.read(node);
		return (tokens != null) ? tokens : before;
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

}
