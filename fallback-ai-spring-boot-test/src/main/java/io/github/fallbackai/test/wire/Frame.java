// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

/**
 * A part of a response body that is sent as a whole. Faults and delays are placed by the
 * kind of the frames around them.
 *
 * @param kind what the frame means
 * @param text the frame as it goes over the wire, its separators included
 * @param tokens how many tokens the model had to generate before this frame can be sent,
 * counted from the frame before it
 */
public record Frame(Kind kind, String text, int tokens) {

	/**
	 * Creates a frame without generated content: a role, the start of a block, a usage
	 * report.
	 * @param text the frame
	 * @return the frame
	 */
	public static Frame structure(String text) {
		return new Frame(Kind.STRUCTURE, text, 0);
	}

	/**
	 * Creates a frame with one token of text, reasoning, refusal or tool arguments.
	 * @param text the frame
	 * @return the frame
	 */
	public static Frame token(String text) {
		return new Frame(Kind.TOKEN, text, 1);
	}

	/**
	 * Creates the frame that says why the model stopped.
	 * @param text the frame
	 * @return the frame
	 */
	public static Frame finish(String text) {
		return new Frame(Kind.FINISH, text, 0);
	}

	/**
	 * Creates the frame that ends a stream.
	 * @param text the frame
	 * @return the frame
	 */
	public static Frame terminator(String text) {
		return new Frame(Kind.TERMINATOR, text, 0);
	}

	/**
	 * Creates the only frame of a response that is no stream.
	 * @param text the body
	 * @param tokens the tokens of the answer in it
	 * @return the frame
	 */
	public static Frame body(String text, int tokens) {
		return new Frame(Kind.BODY, text, tokens);
	}

	@Override
	public String toString() {
		return "Frame[" + this.kind + ", " + this.text.length() + " characters]";
	}

	/**
	 * What a frame means.
	 */
	public enum Kind {

		/** No content: a role, the start of a block, a usage report. */
		STRUCTURE,

		/** Content the model generated. */
		TOKEN,

		/** Why the model stopped. */
		FINISH,

		/** The end of a stream. */
		TERMINATOR,

		/** A whole body. */
		BODY

	}

}
