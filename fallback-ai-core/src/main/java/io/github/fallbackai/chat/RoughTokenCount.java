// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

/**
 * Roughly counts the tokens of texts that come piece by piece, with the rates of
 * {@link TokenEstimator#ROUGH}. One thread may add while others read.
 */
public final class RoughTokenCount {

	/**
	 * The first character of the scripts that write words or syllables instead of
	 * letters.
	 */
	private static final char FIRST_IDEOGRAPH = 0x2E80;

	/** In 15ths of a token, the common denominator of 1/5 and 2/3. */
	private static final int LETTER = 3;

	private static final int IDEOGRAPH = 10;

	private static final int WHOLE = 15;

	private static final int TOKENS_PER_IMAGE = 85;

	private static final int TOKENS_PER_MESSAGE = 4;

	private volatile long fifteenths;

	/** The tokens of a request to a model group. */
	static long of(ChatRequest request, String modelGroup) {
		RoughTokenCount count = new RoughTokenCount();
		int images = RequestTexts.visit(request, modelGroup, count::add);
		return count.tokens() + (long) images * TOKENS_PER_IMAGE
				+ (long) request.messages().size() * TOKENS_PER_MESSAGE;
	}

	/**
	 * Adds a text.
	 * @param text the text, or the next piece of one
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate")
	public void add(CharSequence text) {
		this.fifteenths += weight(text);
	}

	/**
	 * The tokens of all that was added.
	 * @return number of complete tokens
	 */
	public long tokens() {
		return this.fifteenths / WHOLE;
	}

	private static long weight(CharSequence text) {
		long ideographs = 0;
		for (int index = 0; index < text.length(); index++) {
			if (text.charAt(index) >= FIRST_IDEOGRAPH) {
				ideographs++;
			}
		}
		return (text.length() - ideographs) * LETTER + ideographs * IDEOGRAPH;
	}

}
