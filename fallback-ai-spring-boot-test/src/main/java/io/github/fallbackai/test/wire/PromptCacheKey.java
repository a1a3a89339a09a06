// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The rule of OpenAI, and of servers like it, about {@code prompt_cache_key}.
 */
public final class PromptCacheKey {

	/** The member of the request. */
	public static final String MEMBER = "prompt_cache_key";

	/** The code of the refusal. */
	public static final String TOO_LONG = "string_above_max_length";

	private static final int LONGEST = 64;

	private PromptCacheKey() {
	}

	/**
	 * Looks at the key of a request.
	 * @param body the body of the request
	 * @return what the provider says against it, absent if it takes the key, or if there
	 * is none
	 */
	public static @Nullable String fault(JsonNode body) {
		int length = body.path(MEMBER).asText().length();
		return (length <= LONGEST) ? null
				: "Invalid '" + MEMBER + "': string too long. Expected a string with maximum length " + LONGEST
						+ ", but got a string with length " + length + " instead.";
	}

}
