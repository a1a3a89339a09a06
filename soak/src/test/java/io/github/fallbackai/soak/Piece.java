// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

/**
 * A part of an answer as its consumer gets it.
 *
 * @param kind what it says
 * @param text the text
 */
record Piece(Kind kind, String text) {

	/** What came before is void. */
	static final Piece DISCARD = new Piece(Kind.DISCARD, "");

	/** More text. */
	static Piece of(String text) {
		return new Piece(Kind.TEXT, text);
	}

	/** The end, with the text as a whole. */
	static Piece end(String text) {
		return new Piece(Kind.END, text);
	}

	/**
	 * What a piece says.
	 */
	enum Kind {

		TEXT, DISCARD, END

	}

}
