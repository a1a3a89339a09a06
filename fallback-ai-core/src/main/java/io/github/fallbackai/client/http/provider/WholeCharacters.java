// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

/**
 * Keeps back the first half of a character until the second one comes. JSON lets a
 * provider end a delta between the two surrogates of an emoji, and half a character
 * cannot be encoded.
 */
final class WholeCharacters {

	private String half = "";

	/** Takes more text, and returns the part that is whole now. */
	String accept(String more) {
		if (more.isEmpty()) {
			return more;
		}
		String text = this.half.isEmpty() ? more : this.half + more;
		int last = text.length() - 1;
		if (!Character.isHighSurrogate(text.charAt(last))) {
			this.half = "";
			return text;
		}
		this.half = text.substring(last);
		return text.substring(0, last);
	}

	/** The rest when no more text comes. It is not a whole character. */
	String rest() {
		String rest = this.half;
		this.half = "";
		return rest;
	}

}
