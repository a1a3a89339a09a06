package io.github.fallbackai.sample.provider;

import java.util.List;

/**
 * The answers of the simulated models. All of them give the same answer to the same
 * question, so that one can take over in the middle of another's sentence.
 */
final class SimulatedAnswers {

	private static final int QUOTE_LENGTH = 140;

	private static final List<String> BODIES = List.of(
			"I am a simulated model and cannot really know, but I can show how an answer travels: word by word, over a "
					+ "real connection. Break my provider in the panel and ask again. The same answer will come, only the "
					+ "name below it will be another one.",
			"A real model would now think hard. I only pretend to, and every word of this answer is one event of a "
					+ "stream whose pace is watched. If I fell silent, the next model would be asked before you had "
					+ "finished wondering.",
			"That deserves a better answer than a simulated model can give. What I can offer is stamina: pick a fault in "
					+ "the panel, ask me again, and see who answers. After three failures in a row my circuit breaker "
					+ "opens, and I am left alone for a while.");

	private SimulatedAnswers() {
	}

	static String answerTo(String question) {
		String quote = quote(question);
		return "You asked: “" + quote + "”. " + BODIES.get(Math.floorMod(quote.hashCode(), BODIES.size()));
	}

	private static String quote(String question) {
		String line = question.strip().replaceAll("\\s+", " ");
		return (line.length() <= QUOTE_LENGTH) ? line : line.substring(0, lastWordEnd(line)) + "…";
	}

	private static int lastWordEnd(String line) {
		int space = line.lastIndexOf(' ', QUOTE_LENGTH);
		if (space > 0) {
			return space;
		}
		return Character.isHighSurrogate(line.charAt(QUOTE_LENGTH - 1)) ? QUOTE_LENGTH - 1 : QUOTE_LENGTH;
	}

}
