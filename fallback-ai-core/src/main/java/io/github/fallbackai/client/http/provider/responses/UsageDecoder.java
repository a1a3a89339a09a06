// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.TokenNumbers;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens that a response reports.
 */
final class UsageDecoder {

	private UsageDecoder() {
	}

	static @Nullable Usage decode(JsonNode response) {
		JsonNode usage = response.path("usage");
		Long input = TokenNumbers.read(usage.path("input_tokens"));
		Long output = TokenNumbers.read(usage.path("output_tokens"));
		if (output == null) {
			output = TokenNumbers.rest(TokenNumbers.read(usage.path("total_tokens")), input);
		}
		if (input == null || output == null) {
			return null;
		}
		JsonNode details = usage.path("input_tokens_details");
		return new Usage(input, output, TokenNumbers.read(details.path("cached_tokens")),
				TokenNumbers.read(usage.path("output_tokens_details").path("reasoning_tokens")),
				TokenNumbers.read(details.path("cache_write_tokens")));
	}

}
