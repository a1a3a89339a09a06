// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.resume;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Removes from a continuation the part that only repeats text that the caller already
 * has. Works on text only; used by one signal at a time.
 *
 * <p>
 * A continuation may begin with the whole delivered text (a full echo, which white space
 * may precede), or with its tail: with at least 12 characters from a word boundary, or
 * with everything since the beginning of a sentence. Text is held back only while it
 * still looks like that. If the text itself is a repetition ("ha ha ha"), nothing is
 * removed, because its continuation looks the same as an echo.
 */
final class EchoTrimmer {

	/** Most characters held back while it is not clear whether they are an echo. */
	static final int MAX_HELD = 200;

	private static final int SHORTEST_OVERLAP = 12;

	private static final String SENTENCE_ENDS = ".!?\n";

	private final String delivered;

	private final StringBuilder held = new StringBuilder();

	/**
	 * Beginnings of the tails that the held text may repeat; fewer with each character.
	 */
	private List<Integer> tails;

	/** How many held characters were compared with the tails. */
	private int compared;

	/** White space before the echo, which models often add. */
	private int lead;

	/** How many held characters after the lead repeat the delivered text. */
	private int echoed;

	private boolean decided;

	EchoTrimmer(String delivered) {
		this.delivered = delivered;
		this.decided = delivered.isEmpty();
		this.tails = IntStream.range(earliestStart(), delivered.length()).filter(this::isOverlap).boxed().toList();
	}

	/**
	 * Takes more of the continuation. Every character is compared once, however long the
	 * text is that is held back.
	 * @param text the text
	 * @return what the caller gets now, possibly empty
	 */
	String accept(String text) {
		if (this.decided) {
			return text;
		}
		this.held.append(text);
		if (repetitionUnderWay()) {
			return "";
		}
		return decide();
	}

	/**
	 * Ends the holding back.
	 * @param finished whether no more text comes; otherwise it took too long, and only a
	 * clear repetition is held longer
	 * @return what the caller gets now, possibly empty
	 */
	String release(boolean finished) {
		if (this.decided || (!finished && this.held.length() >= SHORTEST_OVERLAP && repetitionUnderWay())) {
			return "";
		}
		return decide();
	}

	private boolean repetitionUnderWay() {
		return echoUnderWay() || (this.echoed < this.delivered.length() && overlapUnderWay());
	}

	/** So far the continuation is the beginning of the delivered text, or repeats it. */
	private boolean echoUnderWay() {
		int length = this.delivered.length();
		int confirmed = (length <= MAX_HELD / 2) ? 2 * length : length;
		if (this.echoed == 0) {
			this.lead = lead(this.held, this.lead);
		}
		while (this.lead + this.echoed < this.held.length()
				&& this.held.charAt(this.lead + this.echoed) == this.delivered.charAt(this.echoed % length)) {
			this.echoed++;
		}
		return this.lead < MAX_HELD && this.echoed < confirmed && this.lead + this.echoed == this.held.length();
	}

	/**
	 * White space at the beginning of the continuation that the delivered text does not
	 * have.
	 */
	private int lead(CharSequence text, int known) {
		int lead = known;
		if (this.delivered.length() >= SHORTEST_OVERLAP && !Character.isWhitespace(this.delivered.charAt(0))) {
			while (lead < text.length() && Character.isWhitespace(text.charAt(lead))) {
				lead++;
			}
		}
		return lead;
	}

	/**
	 * So far the continuation is a part of the endless repetition of a tail of the
	 * delivered text, or it is not clear yet whether it repeats that tail.
	 */
	private boolean overlapUnderWay() {
		if (this.held.length() >= MAX_HELD) {
			return false;
		}
		for (; this.compared < this.held.length(); this.compared++) {
			int index = this.compared;
			this.tails = this.tails.stream().filter((start) -> goesOn(start, index)).toList();
		}
		return !this.tails.isEmpty();
	}

	private boolean goesOn(int start, int index) {
		int overlap = this.delivered.length() - start;
		return index + 1 < 2 * overlap && this.held.charAt(index) == this.delivered.charAt(start + index % overlap);
	}

	private String decide() {
		this.decided = true;
		String text = this.held.toString();
		return text.substring(echoLength(text));
	}

	private int echoLength(String text) {
		int lead = lead(text, 0);
		if (text.startsWith(this.delivered, lead) && !repetition(this.delivered, text.substring(lead))) {
			return lead + this.delivered.length();
		}
		for (int start = earliestStart(); start < this.delivered.length(); start++) {
			String tail = this.delivered.substring(start);
			if (text.startsWith(tail) && isOverlap(start)) {
				return repetition(tail, text) ? 0 : tail.length();
			}
		}
		return 0;
	}

	private int earliestStart() {
		return Math.max(1, this.delivered.length() - MAX_HELD);
	}

	private boolean isOverlap(int start) {
		return isBoundary(start) && (this.delivered.length() - start >= SHORTEST_OVERLAP || isSentenceStart(start));
	}

	private boolean isBoundary(int start) {
		return !Character.isLetterOrDigit(this.delivered.charAt(start - 1))
				|| !Character.isLetterOrDigit(this.delivered.charAt(start));
	}

	private boolean isSentenceStart(int start) {
		int before = start - 1;
		if (Character.isWhitespace(this.delivered.charAt(start))) {
			return false;
		}
		while (before >= 0 && this.delivered.charAt(before) == ' ') {
			before--;
		}
		return (before < start - 1 || this.delivered.charAt(before) == '\n')
				&& (before < 0 || SENTENCE_ENDS.indexOf(this.delivered.charAt(before)) >= 0);
	}

	/** Whether the shared text repeats itself, within itself, before it or after it. */
	private boolean repetition(String shared, String text) {
		return text.startsWith(shared, shared.length()) || this.delivered.endsWith(shared + shared)
				|| period(shared) <= shared.length() / 2;
	}

	/** The shortest distance at which a text repeats itself. */
	private static int period(String text) {
		int[] border = new int[text.length() + 1];
		int length = -1;
		border[0] = -1;
		for (int index = 0; index < text.length(); index++) {
			while (length >= 0 && text.charAt(length) != text.charAt(index)) {
				length = border[length];
			}
			border[index + 1] = ++length;
		}
		return text.length() - border[text.length()];
	}

}
