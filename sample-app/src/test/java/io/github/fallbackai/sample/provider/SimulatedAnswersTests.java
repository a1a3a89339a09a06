package io.github.fallbackai.sample.provider;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class SimulatedAnswersTests {

	@Test
	void quotesTheQuestion() {
		assertThat(SimulatedAnswers.answerTo(" How\nare you? ")).startsWith("You asked: “How are you?”. ")
			.endsWith(".");
	}

	@Test
	void cutsALongQuestionAtAWord() {
		assertThat(SimulatedAnswers.answerTo("word ".repeat(60))).startsWith("You asked: “word word")
			.contains("word…”. ")
			.doesNotContain(" …");
	}

	@Test
	void neverCutsACharacterInTwo() {
		String answer = SimulatedAnswers.answerTo("x" + "🙂".repeat(100));
		assertThat(answer).contains("🙂…”. ");
		assertThat(answer.codePoints()).noneMatch((codePoint) -> Character.getType(codePoint) == Character.SURROGATE);
	}

}
