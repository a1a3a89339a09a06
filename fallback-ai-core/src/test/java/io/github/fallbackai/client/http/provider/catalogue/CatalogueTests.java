// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.catalogue.EndingWords.Ending;
import io.github.fallbackai.client.http.provider.catalogue.KnownSentences.Sentence;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each entry of the catalogue has an example, and the example means what the entry says:
 * a letter that is lost, or an entry that another one hides, fails here.
 */
class CatalogueTests {

	/** A status that says nothing more. */
	private static final ResponseHead BAD_REQUEST = new ResponseHead(400, Map.of());

	private static final int REFUSAL_KIND = 2;

	private static final int REFUSAL_BODY = 5;

	@Test
	void theExamplesOfCodesAreAllCodes() {
		Map<String, FailureKind> entries = KnownCodes.entries()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().kind()));
		assertThat(codes().collect(Collectors.toMap((code) -> code.words().toLowerCase(Locale.ROOT), Example::kind)))
			.containsExactlyInAnyOrderEntriesOf(entries);
	}

	@ParameterizedTest
	@MethodSource("codes")
	void aCodeMeansWhatItSays(Example code) {
		byte[] body = ProviderJson.write(ProviderJson.MAPPER.createObjectNode()
			.set("error",
					ProviderJson.MAPPER.createObjectNode().put("code", code.words()).put("message", "Bad luck.")));
		assertThat(kind(body)).isEqualTo(code.kind());
	}

	@ParameterizedTest
	@MethodSource("sentences")
	void aSentenceMeansWhatItSays(Example sentence) {
		byte[] body = ProviderJson.write(ProviderJson.MAPPER.createObjectNode()
			.set("error", ProviderJson.MAPPER.createObjectNode().put("message", sentence.words())));
		assertThat(kind(body)).isEqualTo(sentence.kind());
	}

	@Test
	void eachSentenceHasAnExample() {
		List<Example> examples = Stream.concat(sentences(), rows("refusals.txt", REFUSAL_BODY + 1)
			.map((row) -> new Example(FailureKind.valueOf(row[REFUSAL_KIND].replaceAll("/.*", "")), row[REFUSAL_BODY])))
			.toList();
		assertThat(KnownSentences.entries()
			.filter((entry) -> examples.stream().noneMatch((example) -> shows(example, entry)))).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> anEndingMeansWhatItSays() {
		return rows("endings.txt", 2).map((row) -> DynamicTest.dynamicTest(row[1], () -> {
			Ending ending = EndingWords.find(row[1].toUpperCase(Locale.ROOT));
			assertThat((ending.failure() != null) ? ending.failure().name() : ending.reason().toString())
				.isEqualToIgnoringCase(row[0]);
		}));
	}

	@Test
	void eachEndingHasAnExample() {
		assertThat(rows("endings.txt", 2).map((row) -> row[1])).containsAll(EndingWords.known());
	}

	private static boolean shows(Example example, Sentence entry) {
		return example.kind() == entry.meaning().kind() && entry.isIn(example.words().toLowerCase(Locale.ROOT));
	}

	private static FailureKind kind(byte[] body) {
		return ErrorClassifier.classify(ErrorReport.of(BAD_REQUEST, body)).kind();
	}

	static Stream<Example> codes() {
		return rows("codes.txt", 2).map(Example::of);
	}

	static Stream<Example> sentences() {
		return rows("sentences.txt", 2).map(Example::of);
	}

	private static Stream<String[]> rows(String file, int columns) {
		return new String(Fixtures.bytes("words/" + file), StandardCharsets.UTF_8).lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map((line) -> line.split(" \\| ", columns));
	}

	/** What a provider says, and what it means. */
	record Example(FailureKind kind, String words) {

		static Example of(String[] row) {
			return new Example(FailureKind.valueOf(row[0]), row[1]);
		}

	}

}
