package io.github.fallbackai.gateway.intake;

import io.github.fallbackai.gateway.intake.RefusedBodyException.Reason;

/**
 * Looks at the bytes of a JSON text as they arrive, and finds out early that it has too
 * many values or is nested too deeply; whether it is JSON at all is for the parser. It
 * costs a few nanoseconds per byte and no memory.
 */
final class JsonScan {

	private final BodyLimits limits;

	private int values;

	private int depth;

	private boolean inText;

	private boolean escaped;

	JsonScan(BodyLimits limits) {
		this.limits = limits;
	}

	/**
	 * Goes on.
	 * @param bytes holds the next bytes
	 * @param from the first of them
	 * @param to the first after them
	 * @throws RefusedBodyException if that is too much
	 */
	void accept(byte[] bytes, int from, int to) {
		for (int index = from; index < to; index++) {
			byte next = bytes[index];
			// Parsers guess UTF-16 and UTF-32 from zeros and byte order marks.
			if (next == 0 || (next >= -2 && next < 0)) {
				throw new RefusedBodyException(Reason.UNREADABLE, "The body of the request is no JSON in UTF-8.");
			}
			if (this.inText) {
				inText(next);
			}
			else {
				structure(next);
			}
		}
	}

	private void inText(byte next) {
		if (this.escaped) {
			this.escaped = false;
		}
		else if (next == '\\') {
			this.escaped = true;
		}
		else if (next == '"') {
			this.inText = false;
		}
	}

	private void structure(byte next) {
		switch (next) {
			case '"' -> this.inText = true;
			case ',', ':' -> count();
			case '{', '[' -> {
				count();
				if (++this.depth > this.limits.nesting()) {
					throw tooComplex("is nested deeper than " + this.limits.nesting() + " levels");
				}
			}
			case '}', ']' -> this.depth--;
			default -> {
				// A part of a number or a word, or white space.
			}
		}
	}

	private void count() {
		if (++this.values > this.limits.values()) {
			throw tooComplex("has more than " + this.limits.values() + " values");
		}
	}

	private static RefusedBodyException tooComplex(String what) {
		return new RefusedBodyException(Reason.TOO_COMPLEX, "The request " + what + ".");
	}

}
