package io.github.fallbackai.failure;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that a provider reported for an attempt.
 *
 * @param inputTokens tokens of the prompt, cached ones included
 * @param outputTokens tokens of the answer, reasoning included
 * @param cachedInputTokens the part of {@code inputTokens} that came from the provider's
 * cache, {@code null} if unknown
 * @param reasoningTokens the part of {@code outputTokens} spent on reasoning,
 * {@code null} if unknown
 */
public record Usage(long inputTokens, long outputTokens, @Nullable Long cachedInputTokens,
		@Nullable Long reasoningTokens) {

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
				sum(this.cachedInputTokens, other.cachedInputTokens), sum(this.reasoningTokens, other.reasoningTokens));
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

}
