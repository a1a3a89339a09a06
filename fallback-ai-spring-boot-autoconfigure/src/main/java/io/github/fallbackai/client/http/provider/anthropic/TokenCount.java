package io.github.fallbackai.client.http.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what an answer reports about tokens, some of it at its beginning and the rest
 * at its end. Anthropic counts cached tokens beside {@code input_tokens}, not within.
 * Belongs to one answer.
 */
final class TokenCount {

	private long input;

	private long cacheCreation;

	private @Nullable Long cacheRead;

	private long output;

	private @Nullable Long thinking;

	/**
	 * Takes in a {@code usage} object; what it does not mention stays as it is.
	 * @param usage the object
	 * @return what is known now, {@code null} if the object says nothing
	 */
	@Nullable Usage add(JsonNode usage) {
		if (!usage.isObject() || usage.isEmpty()) {
			return null;
		}
		this.input = tokens(usage.path("input_tokens"), this.input);
		this.cacheCreation = tokens(usage.path("cache_creation_input_tokens"), this.cacheCreation);
		this.cacheRead = optional(usage.path("cache_read_input_tokens"), this.cacheRead);
		this.output = tokens(usage.path("output_tokens"), this.output);
		this.thinking = optional(usage.path("output_tokens_details").path("thinking_tokens"), this.thinking);
		long cached = (this.cacheRead != null) ? this.cacheRead : 0;
		return new Usage(this.input + this.cacheCreation + cached, this.output, this.cacheRead, this.thinking);
	}

	private static @Nullable Long optional(JsonNode node, @Nullable Long before) {
		return node.isNumber() ? Long.valueOf(tokens(node, 0)) : before;
	}

	private static long tokens(JsonNode node, long before) {
		return node.isNumber() ? Math.max(0, node.asLong()) : before;
	}

}
