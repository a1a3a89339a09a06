// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint charges for a million tokens, in a currency that is the same for all
 * endpoints of an application. Zero is a price too: the endpoint is free.
 *
 * @param input for tokens of the prompt
 * @param output for tokens of the answer, reasoning included
 * @param cachedInput for tokens of the prompt that the provider had in its cache,
 * {@code null} if they cost as much as the others
 * @param cacheWrite for tokens of the prompt that the provider writes to its cache,
 * {@code null} if they cost as much as the others
 */
public record Price(BigDecimal input, BigDecimal output, @Nullable BigDecimal cachedInput,
		@Nullable BigDecimal cacheWrite) {

	private static final int MILLION = 6;

	public Price {
		Bounds.notNegative("price.input", input);
		Bounds.notNegative("price.output", output);
		if (cachedInput != null) {
			Bounds.notNegative("price.cached-input", cachedInput);
		}
		if (cacheWrite != null) {
			Bounds.notNegative("price.cache-write", cacheWrite);
		}
	}

	/**
	 * A price that is the same for tokens that are written to the cache.
	 * @param input for tokens of the prompt
	 * @param output for tokens of the answer, reasoning included
	 * @param cachedInput for tokens of the prompt that the provider had in its cache
	 */
	public Price(BigDecimal input, BigDecimal output, @Nullable BigDecimal cachedInput) {
		this(input, output, cachedInput, null);
	}

	/** A price that is the same for cached tokens. */
	public static Price of(BigDecimal input, BigDecimal output) {
		return new Price(input, output, null, null);
	}

	/** A price that is the same for cached tokens, written as decimal numbers. */
	public static Price of(String input, String output) {
		return of(new BigDecimal(input), new BigDecimal(output));
	}

	/** The same price with another one for cached tokens. */
	public Price withCachedInput(@Nullable BigDecimal cachedInput) {
		return new Price(this.input, this.output, cachedInput, this.cacheWrite);
	}

	/** The same price with another one for tokens that are written to the cache. */
	public Price withCacheWrite(@Nullable BigDecimal cacheWrite) {
		return new Price(this.input, this.output, this.cachedInput, cacheWrite);
	}

	/**
	 * What a number of tokens costs; exact, without rounding.
	 * @param inputTokens tokens of the prompt, cached ones included
	 * @param cachedInputTokens how many of them were cached; at most all count
	 * @param outputTokens tokens of the answer
	 * @return the amount, not negative
	 */
	public BigDecimal of(long inputTokens, long cachedInputTokens, long outputTokens) {
		return of(inputTokens, cachedInputTokens, 0, outputTokens);
	}

	/**
	 * What a number of tokens costs, of which some were written to the cache; exact,
	 * without rounding.
	 * @param inputTokens tokens of the prompt, cached and written ones included
	 * @param cachedInputTokens how many of them were cached; at most all count
	 * @param cacheWriteTokens how many of the others were written to the cache; at most
	 * all others count
	 * @param outputTokens tokens of the answer
	 * @return the amount, not negative
	 */
	public BigDecimal of(long inputTokens, long cachedInputTokens, long cacheWriteTokens, long outputTokens) {
		long cached = Math.min(cachedInputTokens, inputTokens);
		long written = Math.min(cacheWriteTokens, inputTokens - cached);
		return charge(null, inputTokens - cached - written).add(charge(this.cachedInput, cached))
			.add(charge(this.cacheWrite, written))
			.add(this.output.multiply(BigDecimal.valueOf(outputTokens)))
			.movePointLeft(MILLION);
	}

	private BigDecimal charge(@Nullable BigDecimal special, long tokens) {
		return ((special != null) ? special : this.input).multiply(BigDecimal.valueOf(tokens));
	}

}
