// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.util.List;
import java.util.stream.IntStream;

import io.github.fallbackai.test.wire.Message;
import io.github.fallbackai.test.wire.Prompt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class SimulatedAnswersTests {

	@Test
	void quotesTheQuestion() {
		assertThat(SimulatedAnswers.answerTo(List.of(" How\nare you? "))).startsWith("You asked: “How are you?”. ")
			.endsWith(".");
	}

	@Test
	void cutsALongQuestionAtAWord() {
		assertThat(SimulatedAnswers.answerTo(List.of("word ".repeat(60)))).startsWith("You asked: “word word")
			.contains("word…”. ")
			.doesNotContain(" …");
	}

	@Test
	void neverCutsACharacterInTwo() {
		String answer = SimulatedAnswers.answerTo(List.of("x" + "🙂".repeat(100)));
		assertThat(answer).contains("🙂…”. ");
		assertThat(answer.codePoints()).noneMatch((codePoint) -> Character.getType(codePoint) == Character.SURROGATE);
	}

	@Test
	void answersAConversationAndGoesOnWithABegunAnswer() {
		String first = SimulatedAnswers.answerTo(List.of("one"));
		String second = SimulatedAnswers.answerTo(List.of("one", "two"));
		assertThat(second).startsWith("You asked: “two”. Before, you asked: “one”. ");
		assertThat(SimulatedAnswers.answerTo(prompt("user", "one", "assistant", first, "user", "two")))
			.isEqualTo(second);
		assertThat(SimulatedAnswers.answerTo(prompt("user", "one", "assistant", first, "user", "two", "assistant",
				second.substring(0, 50), "user", "Go on.")))
			.isEqualTo(second);
	}

	@Test
	void hasManyLongAnswers() {
		List<String> answers = IntStream.range(0, 100)
			.mapToObj((number) -> AnswerTexts.about("Question " + number))
			.distinct()
			.toList();
		assertThat(answers).hasSizeGreaterThan(4).allSatisfy((answer) -> {
			assertThat(answer).endsWith(".");
			assertThat(answer.split("\\s+")).hasSizeGreaterThan(80);
		});
	}

	private static Prompt prompt(String... rolesAndTexts) {
		List<Message> messages = IntStream.range(0, rolesAndTexts.length / 2)
			.mapToObj((index) -> new Message(rolesAndTexts[2 * index], rolesAndTexts[2 * index + 1]))
			.toList();
		return new Prompt("m", false, false, messages);
	}

}
