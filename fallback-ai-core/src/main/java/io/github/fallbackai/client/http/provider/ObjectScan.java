// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

/**
 * Follows a text that arrives in pieces, and knows when it may be a whole JSON object.
 * Reads every character once. Whether the text is JSON is for the parser. Belongs to one
 * text.
 */
final class ObjectScan {

	private boolean begun;

	private boolean closed;

	private boolean broken;

	private int depth;

	private boolean inString;

	private boolean escaped;

	/**
	 * Goes on.
	 * @param more the next piece
	 */
	void accept(String more) {
		for (int index = 0; index < more.length() && !this.broken; index++) {
			char next = more.charAt(index);
			if (this.inString) {
				inString(next);
			}
			else if (next > ' ') {
				structure(next);
			}
		}
	}

	private void inString(char next) {
		if (this.escaped) {
			this.escaped = false;
		}
		else if (next == '\\') {
			this.escaped = true;
		}
		else {
			this.inString = next != '"';
		}
	}

	private void structure(char next) {
		this.broken = this.closed || (!this.begun && next != '{');
		this.begun = true;
		switch (next) {
			case '"' -> this.inString = true;
			case '{', '[' -> this.depth++;
			case '}', ']' -> this.closed = --this.depth == 0;
			default -> {
				// A part of a number or a word, or something between values.
			}
		}
	}

	/** Whether nothing came but white space. */
	boolean blank() {
		return !this.begun;
	}

	/** Whether the object ended, and only white space came after it. */
	boolean closed() {
		return this.closed && !this.broken;
	}

}
