// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.test.wire.Message;
import io.github.fallbackai.test.wire.Prompt;

/**
 * The answers of the simulated models. All of them give the same answer to the same
 * conversation, so that one can take over in the middle of another's sentence.
 */
final class SimulatedAnswers {

	private static final int QUOTE_LENGTH = 140;

	private SimulatedAnswers() {
	}

	/**
	 * The answer to the last question. If the request asks to go on with an answer that
	 * another provider began, it is the answer to the question before that.
	 */
	static String answerTo(Prompt prompt) {
		Prompt.Partial begun = prompt.partial();
		if (begun != null) {
			List<String> questions = questions(prompt);
			String whole = answerTo(questions.subList(0, questions.lastIndexOf(begun.question()) + 1));
			if (begun.isStartOf(whole)) {
				return whole;
			}
		}
		return answerTo(questions(prompt));
	}

	/** The answer to the last of these questions. */
	static String answerTo(List<String> questions) {
		String question = questions.isEmpty() ? "" : questions.get(questions.size() - 1);
		String answer = "You asked: “" + quote(question) + "”. ";
		if (questions.size() > 1) {
			answer += "Before, you asked: “" + quote(questions.get(questions.size() - 2)) + "”. ";
		}
		return answer + AnswerTexts.about(question);
	}

	private static List<String> questions(Prompt prompt) {
		List<String> questions = new ArrayList<>();
		for (Message message : prompt.messages()) {
			if ("user".equals(message.role())) {
				questions.add(message.text());
			}
		}
		return questions;
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
