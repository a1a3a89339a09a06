// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.resume;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What counts as an echo of the delivered text, for every place where an answer can break
 * off.
 */
class EchoTrimmerTests {

	private static final String REFERENCE = "Breakers protect callers. When a provider fails, the next one answers. "
			+ "Nobody waits for a sick endpoint! In short: the talk goes on. And so does the audience, quietly.";

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 7, 50 })
	void leavesAnExactContinuationAlone(int piece) {
		for (int cut = 1; cut < REFERENCE.length(); cut++) {
			String delivered = REFERENCE.substring(0, cut);
			assertThat(delivered + trimmed(delivered, REFERENCE.substring(cut), piece)).isEqualTo(REFERENCE);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 7, 50 })
	void removesAFullEcho(int piece) {
		for (int cut = 1; cut < REFERENCE.length(); cut++) {
			String delivered = REFERENCE.substring(0, cut);
			assertThat(delivered + trimmed(delivered, REFERENCE, piece)).isEqualTo(REFERENCE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { " ", "\n\n", "  \n " })
	void removesAFullEchoAfterWhiteSpace(String lead) {
		for (int cut = 12; cut < REFERENCE.length(); cut++) {
			String delivered = REFERENCE.substring(0, cut);
			for (int piece : new int[] { 1, 3, 7, 50 }) {
				assertThat(delivered + trimmed(delivered, lead + REFERENCE, piece)).isEqualTo(REFERENCE);
			}
		}
	}

	@Test
	void keepsWhiteSpaceThatNoEchoFollows() {
		EchoTrimmer trimmer = new EchoTrimmer("Breakers protect callers.");
		assertThat(trimmer.accept("\n\n")).isEmpty();
		assertThat(trimmer.accept("B")).isEmpty();
		assertThat(trimmer.accept("ut not all.")).isEqualTo("\n\nBut not all.");
	}

	@Test
	void holdsNoWhiteSpaceForEver() {
		EchoTrimmer trimmer = new EchoTrimmer("Breakers protect callers.");
		assertThat(trimmer.accept(" ".repeat(199))).isEmpty();
		assertThat(trimmer.accept(" ")).hasSize(200);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 7, 50 })
	void removesARepeatedLastSentence(int piece) {
		for (int cut = 1; cut < REFERENCE.length(); cut++) {
			String delivered = REFERENCE.substring(0, cut);
			int sentence = delivered.substring(0, Math.max(0, cut - 2)).lastIndexOf(". ") + 1;
			String repeated = REFERENCE.substring(sentence).stripLeading();
			assertThat(delivered + trimmed(delivered, repeated, piece)).as("cut at %d", cut).isEqualTo(REFERENCE);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ha ha ha ha ha ha ha ha ha ha", "He laughed: ha ha ha ha ha ha ha ha ha and left.",
			"no no no no no no", "la la la la la la la la la la la la la la la, they sang" })
	void takesNoLegitimateRepetitionForAnEcho(String text) {
		for (int cut = 1; cut < text.length(); cut++) {
			String delivered = text.substring(0, cut);
			for (int piece : new int[] { 1, 2, 5, 100 }) {
				assertThat(delivered + trimmed(delivered, text.substring(cut), piece)).as("cut at %d", cut)
					.isEqualTo(text);
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			The sky is blue because of | In other words, blue light scatters more.
			The sky is blue because of | The sky looks blue since light scatters.
			The sky is blue because of | of course it scatters.
			The sky is blue because of | Because of scattering.
			""")
	void leavesAParaphraseUnmangled(String delivered, String paraphrase) {
		for (int piece = 1; piece < 60; piece += 7) {
			assertThat(trimmed(delivered, paraphrase, piece)).isEqualTo(paraphrase);
		}
	}

	@Test
	void givesBackAnEchoThatTurnsIntoSomethingElse() {
		String delivered = "word ".repeat(3) + "x".repeat(500) + " and on";
		String other = "word ".repeat(3) + "x".repeat(400) + " differs";
		assertThat(trimmed(delivered, other, 10)).isEqualTo(other);
	}

	@Test
	void comparesEachCharacterOnce() {
		StringBuilder text = new StringBuilder();
		for (int word = 0; text.length() < 2_000_000; word++) {
			text.append("word").append(word).append((word % 9 == 0) ? ". " : " ");
		}
		String delivered = text.toString();
		// If each piece were compared from the beginning, this would take half an hour.
		assertTimeoutPreemptively(Duration.ofMinutes(1),
				() -> assertThat(trimmed(delivered, delivered + "The end.", 4)).isEqualTo("The end."));
	}

	@Test
	void looksAtALongSpaceOnce() {
		String delivered = "Once." + " ".repeat(2_000_000) + "a b c d e f g h i j k l m n o p q r s t u v w x y z";
		assertTimeoutPreemptively(Duration.ofMinutes(1),
				() -> assertThat(trimmed(delivered, delivered + "!", 4)).isEqualTo("!"));
	}

	@Test
	void needsTwelveCharactersWithinASentence() {
		assertThat(trimmed("I say it loud: hello there", "hello there, friend", 4)).isEqualTo("hello there, friend");
		assertThat(trimmed("I say it now hello there you", "hello there you, friend", 4)).isEqualTo(", friend");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100 })
	void takesTwelveRepeatedCharactersForAnEchoAndElevenForText(int piece) {
		assertThat(trimmed("I say it: hello theres", "hello theres, friend", piece)).isEqualTo(", friend");
		assertThat(trimmed("I say it: hello there", "hello there, friend", piece)).isEqualTo("hello there, friend");
		// The space before the words counts.
		assertThat(trimmed("I say it: hello there", " hello there, friend", piece)).isEqualTo(", friend");
		assertThat(trimmed("I say it: hello thee", " hello thee, friend", piece)).isEqualTo(" hello thee, friend");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 100 })
	void anEchoBeginsWithAWord(int piece) {
		assertThat(trimmed("It is unbelievable today", "believable today", piece)).isEqualTo("believable today");
		assertThat(trimmed("It is believable today", "believable today", piece)).isEmpty();
		assertThat(trimmed("It is un-believable today", "believable today", piece)).isEmpty();
		assertThat(trimmed("It is un-believable today", "-believable today", piece)).isEmpty();
		assertThat(trimmed("There are 1200000000000 stars", "00000000000 stars", piece)).isEqualTo("00000000000 stars");
		assertThat(trimmed("Das ist unüberbietbar gut", "überbietbar gut", piece)).isEqualTo("überbietbar gut");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			"Yes. And so"     | "And so on"       | " on"
			"Yes? And so"     | "And so on"       | " on"
			"Yes!  And so"    | "And so on"       | " on"
			"  And so"        | "And so on"       | " on"
			"I am so"         | "am so tired"     | "am so tired"
			"See example.com" | "com is a domain" | "com is a domain"
			"Yes.  And so"    | " And so on"      | " And so on"
			""")
	void aShortEchoBeginsWithASentence(String delivered, String continuation, String rest) {
		assertThat(trimmed(delivered, continuation, 3)).isEqualTo(rest);
	}

	@Test
	void aShortEchoBeginsWithALine() {
		assertThat(trimmed("Title\nAnd so", "And so on", 3)).isEqualTo(" on");
	}

	@Test
	void passesOnAtOnceWhatCameTwiceAndIsNoEcho() {
		String tail = "hello theres";
		assertThat(new EchoTrimmer("I say it: " + tail).accept(tail + tail)).isEqualTo(tail + tail);
		String whole = "Breakers protect callers.";
		assertThat(new EchoTrimmer(whole).accept(whole + whole)).isEqualTo(whole + whole);
	}

	@Test
	void looksForASecondEchoOfAtMostAHundredCharacters() {
		String hundred = REFERENCE.substring(0, 100);
		assertThat(trimmed(hundred, hundred + hundred + "!", 7)).isEqualTo(hundred + hundred + "!");
		String longer = REFERENCE.substring(0, 101);
		assertThat(new EchoTrimmer(longer).accept(longer + "!")).isEqualTo("!");
	}

	@Test
	void releasesElevenHeldCharactersInTimeAndHoldsTwelve() {
		EchoTrimmer eleven = new EchoTrimmer("The sky is blue because of");
		assertThat(eleven.accept("blue becaus")).isEmpty();
		assertThat(eleven.release(false)).isEqualTo("blue becaus");
		EchoTrimmer twelve = new EchoTrimmer("The sky is blue because of");
		assertThat(twelve.accept("blue because")).isEmpty();
		assertThat(twelve.release(false)).isEmpty();
		assertThat(twelve.release(true)).isEqualTo("blue because");
	}

	@Test
	void holdsNoMoreThanTwoHundredCharacters() {
		String tail = "a b c d e f g h i j ".repeat(1) + "0123456789 ".repeat(1) + "klm ".repeat(60);
		EchoTrimmer trimmer = new EchoTrimmer("Begin. " + tail);
		int held = 0;
		for (char character : (tail + " tail").toCharArray()) {
			held = trimmer.accept(String.valueOf(character)).isEmpty() ? held + 1 : Integer.MIN_VALUE;
			assertThat(held).isLessThan(EchoTrimmer.MAX_HELD);
		}
	}

	@Test
	void releasesAnUndecidedTextInTime() {
		EchoTrimmer trimmer = new EchoTrimmer("The sky is blue because of");
		assertThat(trimmer.accept("blue beca")).isEmpty();
		assertThat(trimmer.release(false)).isEqualTo("blue beca");
		assertThat(trimmer.accept("use of")).isEqualTo("use of");
	}

	@Test
	void holdsAnUnmistakableEchoOnBeyondTheTimeLimit() {
		EchoTrimmer trimmer = new EchoTrimmer("The sky is blue because of");
		assertThat(trimmer.accept("The sky is blue")).isEmpty();
		assertThat(trimmer.release(false)).isEmpty();
		assertThat(trimmer.accept(" because of") + trimmer.accept(" light")).isEqualTo(" light");
	}

	@Test
	void holdsAnUnmistakableOverlapOnBeyondTheTimeLimit() {
		EchoTrimmer trimmer = new EchoTrimmer("The sky is blue because of");
		assertThat(trimmer.accept("blue because")).isEmpty();
		assertThat(trimmer.release(false)).isEmpty();
		assertThat(trimmer.accept(" of") + trimmer.accept(" light, and of nothing else"))
			.isEqualTo(" light, and of nothing else");
	}

	private static String trimmed(String delivered, String continuation, int piece) {
		EchoTrimmer trimmer = new EchoTrimmer(delivered);
		StringBuilder text = new StringBuilder();
		for (int from = 0; from < continuation.length(); from += piece) {
			text.append(trimmer.accept(continuation.substring(from, Math.min(from + piece, continuation.length()))));
		}
		return text.append(trimmer.release(true)).toString();
	}

}
