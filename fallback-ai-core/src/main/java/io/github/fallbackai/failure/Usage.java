// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that a provider reported for an attempt.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Usage {

	private final long inputTokens;

	private final long outputTokens;

	private final @Nullable Long cachedInputTokens;

	private final @Nullable Long reasoningTokens;

	@JsonInclude(JsonInclude.Include.NON_NULL)
	private final @Nullable Long cacheWriteTokens;

	/**
	 * @param inputTokens tokens of the prompt, cached ones included
	 * @param outputTokens tokens of the answer, reasoning included
	 * @param cachedInputTokens the part of {@code inputTokens} that came from the
	 * provider's cache, {@code null} if unknown
	 * @param reasoningTokens the part of {@code outputTokens} spent on reasoning, {@code
	 * null} if unknown
	 */
	public Usage(long inputTokens, long outputTokens, @Nullable Long cachedInputTokens,
			@Nullable Long reasoningTokens) {
		this(inputTokens, outputTokens, cachedInputTokens, reasoningTokens, null);
	}

	/**
	 * Tokens of which some were written to the provider's cache.
	 * @param inputTokens tokens of the prompt, cached ones included
	 * @param outputTokens tokens of the answer, reasoning included
	 * @param cachedInputTokens the part of {@code inputTokens} that came from the
	 * provider's cache, {@code null} if unknown
	 * @param reasoningTokens the part of {@code outputTokens} spent on reasoning, {@code
	 * null} if unknown
	 * @param cacheWriteTokens the part of {@code inputTokens} that was written to the
	 * provider's cache, {@code null} if unknown
	 */
	@JsonCreator
	public Usage(@JsonProperty("inputTokens") long inputTokens, @JsonProperty("outputTokens") long outputTokens,
			@JsonProperty("cachedInputTokens") @Nullable Long cachedInputTokens,
			@JsonProperty("reasoningTokens") @Nullable Long reasoningTokens,
			@JsonProperty("cacheWriteTokens") @Nullable Long cacheWriteTokens) {
		this.inputTokens = inputTokens;
		this.outputTokens = outputTokens;
		this.cachedInputTokens = cachedInputTokens;
		this.reasoningTokens = reasoningTokens;
		this.cacheWriteTokens = cacheWriteTokens;
	}

	/** Tokens of the prompt, cached ones included. */
	public long inputTokens() {
		return this.inputTokens;
	}

	/** Tokens of the answer, reasoning included. */
	public long outputTokens() {
		return this.outputTokens;
	}

	/**
	 * The part of {@code inputTokens} that came from the provider's cache, {@code null}
	 * if unknown.
	 */
	public @Nullable Long cachedInputTokens() {
		return this.cachedInputTokens;
	}

	/** The part of {@code outputTokens} spent on reasoning, {@code null} if unknown. */
	public @Nullable Long reasoningTokens() {
		return this.reasoningTokens;
	}

	/**
	 * The part of {@code inputTokens} that was written to the provider's cache, so that a
	 * later request may find it there, {@code null} if unknown.
	 */
	public @Nullable Long cacheWriteTokens() {
		return this.cacheWriteTokens;
	}

	/** Tokens of prompt and answer together. */
	public long totalTokens() {
		return sum(this.inputTokens, this.outputTokens);
	}

	/**
	 * Adds the tokens of another attempt; a part that is unknown in both stays unknown. A
	 * sum never overflows.
	 * @param other the other usage
	 * @return the sum
	 */
	public Usage plus(Usage other) {
		return new Usage(sum(this.inputTokens, other.inputTokens), sum(this.outputTokens, other.outputTokens),
				sum(this.cachedInputTokens, other.cachedInputTokens), sum(this.reasoningTokens, other.reasoningTokens),
				sum(this.cacheWriteTokens, other.cacheWriteTokens));
	}

	private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
		if (one == null) {
			return other;
		}
		return (other != null) ? Long.valueOf(sum(one.longValue(), other.longValue())) : one;
	}

	private static long sum(long one, long other) {
		long sum = one + other;
		return (one > 0 && other > 0 && sum < 0) ? Long.MAX_VALUE : sum;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Usage usage && this.inputTokens == usage.inputTokens
				&& this.outputTokens == usage.outputTokens
				&& Objects.equals(this.cachedInputTokens, usage.cachedInputTokens)
				&& Objects.equals(this.reasoningTokens, usage.reasoningTokens)
				&& Objects.equals(this.cacheWriteTokens, usage.cacheWriteTokens);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.inputTokens, this.outputTokens, this.cachedInputTokens, this.reasoningTokens,
				this.cacheWriteTokens);
	}

	@Override
	public String toString() {
		return "Usage[inputTokens=" + this.inputTokens + ", outputTokens=" + this.outputTokens + ", cachedInputTokens="
				+ this.cachedInputTokens + ", reasoningTokens=" + this.reasoningTokens + ", cacheWriteTokens="
				+ this.cacheWriteTokens + "]";
	}

}
