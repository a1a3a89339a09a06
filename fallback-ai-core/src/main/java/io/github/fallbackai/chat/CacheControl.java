// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Marks the end of a beginning of the request that the provider should keep in its cache.
 * It reaches only endpoints that know such marks.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class CacheControl {

	/** Kept for as long as the provider does by default, often five minutes. */
	public static final CacheControl EPHEMERAL = new CacheControl("{\"type\":\"ephemeral\"}");

	private final String json;

	/**
	 * @param json the mark as a JSON object, as
	 * <a href="https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching">
	 * Anthropic</a> writes it
	 */
	@JsonCreator
	public CacheControl(@JsonProperty("json") String json) {
		this.json = json;
	}

	/** The mark as a JSON object. */
	public String json() {
		return this.json;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CacheControl control && this.json.equals(control.json);
	}

	@Override
	public int hashCode() {
		return this.json.hashCode();
	}

	@Override
	public String toString() {
		return "CacheControl[" + this.json.length() + " characters]";
	}

}
