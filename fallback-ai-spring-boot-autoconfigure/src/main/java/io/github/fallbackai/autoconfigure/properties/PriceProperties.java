// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * What an endpoint charges.
 */
public class PriceProperties {

	/**
	 * Price of a million tokens of prompts. All prices have the same currency, which may
	 * be any.
	 */
	private @Nullable BigDecimal input;

	/**
	 * Price of a million tokens of answers, reasoning included.
	 */
	private @Nullable BigDecimal output;

	/**
	 * Price of a million tokens of prompts that the provider had in its cache. Defaults
	 * to the price of other tokens of prompts.
	 */
	private @Nullable BigDecimal cachedInput;

	/**
	 * Price of a million tokens of prompts that the provider writes to its cache.
	 * Defaults to the price of other tokens of prompts.
	 */
	private @Nullable BigDecimal cacheWrite;

	public @Nullable BigDecimal getInput() {
		return this.input;
	}

	public void setInput(@Nullable BigDecimal input) {
		this.input = input;
	}

	public @Nullable BigDecimal getOutput() {
		return this.output;
	}

	public void setOutput(@Nullable BigDecimal output) {
		this.output = output;
	}

	public @Nullable BigDecimal getCachedInput() {
		return this.cachedInput;
	}

	public void setCachedInput(@Nullable BigDecimal cachedInput) {
		this.cachedInput = cachedInput;
	}

	public @Nullable BigDecimal getCacheWrite() {
		return this.cacheWrite;
	}

	public void setCacheWrite(@Nullable BigDecimal cacheWrite) {
		this.cacheWrite = cacheWrite;
	}

}
