// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers of tokens. Other values are unknown, which is not the same as zero: an
 * unknown number is estimated, while zero tokens cost nothing.
 */
public final class TokenNumbers {

	/** More than any model reads or writes, so a larger number is a mistake. */
	private static final long MOST = 1_000_000_000L;

	private TokenNumbers() {
	}

	/**
	 * Reads a number, which some servers write as a text.
	 * @param node any node
	 * @return the number, {@code null} if it is not a possible one
	 */
	public static @Nullable Long read(JsonNode node) {
		boolean readable = node.isTextual() || (node.isNumber() && node.canConvertToLong());
		long number = readable ? node.asLong(-1) : -1;
		return (number >= 0 && number <= MOST) ? Long.valueOf(number) : null;
	}

	/**
	 * What remains of a total.
	 * @param total the total, {@code null} if unknown
	 * @param part what is known of it, {@code null} if unknown
	 * @return the rest, {@code null} if it is unknown or the numbers contradict each
	 * other
	 */
	public static @Nullable Long rest(@Nullable Long total, @Nullable Long part) {
		return (total != null && part != null && total >= part) ? Long.valueOf(total - part) : null;
	}

}
