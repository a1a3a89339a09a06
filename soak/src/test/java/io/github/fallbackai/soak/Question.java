// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a call asks. Its number tells the right answer, in which no two words are the
 * same, so that each lost or doubled token shows.
 *
 * @param number number of the call
 * @param kind what kind of answer it wants
 */
record Question(long number, Kind kind) {

	static final String TOOL = "look_up";

	private static final Pattern FORM = Pattern.compile("question-(\\d+)-([A-Z]+)");

	/** The question in a request, or one without a number for a request that has none. */
	static Question in(String request) {
		Matcher matcher = FORM.matcher(request);
		return matcher.find() ? new Question(Long.parseLong(matcher.group(1)), Kind.valueOf(matcher.group(2)))
				: new Question(-1, Kind.SHORT);
	}

	String prompt() {
		return "Please answer question-" + this.number + '-' + this.kind + " in the usual way.";
	}

	String answer() {
		StringBuilder answer = new StringBuilder(beginning());
		int sentences = (this.kind == Kind.LONG) ? 100 : 2 + (int) Math.floorMod(this.number, 4L);
		for (int sentence = 1; sentence <= sentences; sentence++) {
			String mark = this.number + "x" + sentence;
			answer.append(" Sentence ")
				.append(mark)
				.append(" says ä")
				.append(mark)
				.append(", 語")
				.append(mark)
				.append(" and 😀")
				.append(mark)
				.append('.');
		}
		return answer.toString();
	}

	/** The first sentence of the answer. */
	String beginning() {
		return "Answer " + this.number + " begins with this sentence.";
	}

	String toolArguments() {
		return "{\"number\":" + this.number + ",\"words\":\"ä語😀 of " + this.number + "\"}";
	}

	/** What the tool says, for which a provider looks. */
	String toolResult() {
		return "result-of-" + this.number;
	}

	/**
	 * What kind of answer a question wants.
	 */
	enum Kind {

		SHORT, LONG, TOOL

	}

}
