// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

/**
 * A body is not taken in.
 */
public final class RefusedBodyException extends RuntimeException {

	private final Reason reason;

	RefusedBodyException(Reason reason, String message) {
		// Without a stack trace: it is the client's mistake, and it may come often.
		super(message, null, false, false);
		this.reason = reason;
	}

	static RefusedBodyException unreadable() {
		return new RefusedBodyException(Reason.UNREADABLE, "The body of the request is no JSON in UTF-8.");
	}

	/** Why. */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Why a body is not taken in.
	 */
	public enum Reason {

		/** It has more bytes than allowed. */
		TOO_LARGE,

		/** It has more characters than allowed. */
		TOO_LONG,

		/**
		 * It has more values than allowed, or one that is too long, or they are nested
		 * too deeply.
		 */
		TOO_COMPLEX,

		/** It is no JSON in UTF-8. */
		UNREADABLE,

		/** It paused for too long, or came too slowly. */
		TOO_SLOW,

		/** It broke off. */
		INCOMPLETE,

		/** The client's other requests take all the memory that is there for it. */
		CLIENT_FULL,

		/** The requests of all clients take all the memory that is there for them. */
		FULL

	}

}
