// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The default answer of a simulated model: a few sentences that depend only on the
 * question.
 */
final class StandardAnswer {

	private static final Pattern WHITESPACE = Pattern.compile("\\s+");

	private static final int QUOTED_WORDS = 8;

	private static final List<String> OPENINGS = List.of("Let us look at it step by step.",
			"The short version fits into a few lines.", "There is a simple way to see it.",
			"It helps to begin with what is known.");

	private static final List<String> MIDDLES = List.of(
			"First collect what is certain, then name what is still open, and only then decide.",
			"Small steps are easier to check than large ones, and a mistake in one of them stays small.",
			"Two things matter most here: what you want in the end, and what you already have.");

	private static final List<String> CLOSINGS = List.of(
			"Ask about any part of this, and I will gladly go into the details.",
			"If one of these points is not clear, tell me which one and I will explain it.",
			"Tell me more about your situation when you need a longer answer.");

	private final String signature;

	StandardAnswer(String signature) {
		this.signature = signature;
	}

	String to(String question) {
		int seed = question.hashCode();
		String answer = String.join(" ", quote(question), pick(OPENINGS, seed), pick(MIDDLES, seed >>> 8),
				pick(CLOSINGS, seed >>> 16));
		return this.signature.isEmpty() ? answer : answer + " Yours, " + this.signature + ".";
	}

	private static String quote(String question) {
		if (question.isBlank()) {
			return "You did not ask anything yet.";
		}
		String[] words = WHITESPACE.split(question.strip(), QUOTED_WORDS + 1);
		int quoted = Math.min(words.length, QUOTED_WORDS);
		String ellipsis = (words.length > quoted) ? " …" : "";
		return "You asked: “" + String.join(" ", List.of(words).subList(0, quoted)) + ellipsis + "”.";
	}

	private static String pick(List<String> sentences, int seed) {
		return sentences.get(Math.floorMod(seed, sentences.size()));
	}

}
