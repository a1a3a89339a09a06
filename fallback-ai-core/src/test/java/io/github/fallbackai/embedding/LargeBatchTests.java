// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.embedding;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.embedding.EmbeddingsFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** Batches of more texts than Google takes in one request, which is 100. */
class LargeBatchTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final BigDecimal TINY = new BigDecimal("0.0000001");

	private static final List<String> TEXTS = IntStream.range(0, 250).mapToObj((number) -> "text " + number).toList();

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	@BeforeEach
	void answer() {
		first.clear();
		second.clear();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "100, 1", "101, 2", "200, 2", "250, 3" })
	void areAskedForInPieces(int texts, int requests) {
		int before = first.requestCount();
		try (AiFallbackTemplate ai = template(gemini("a", first))) {
			EmbeddingResponse response = ai.embed(EmbeddingRequest.of(TEXTS.subList(0, texts).toArray(String[]::new)))
				.block(PATIENCE);
			assertThat(response.vectors())
				.containsExactlyElementsOf(TEXTS.subList(0, texts).stream().map(LargeBatchTests::vector).toList());
			assertThat(response.attempts()).hasSize(1);
		}
		assertThat(first.requestCount() - before).isEqualTo(requests);
	}

	@Test
	void countTheTokensOfAllPieces() {
		first.next(Outcome.raw(200, "application/json", vectors(100, ",\"usageMetadata\":{\"promptTokenCount\":300}")));
		first.next(Outcome.raw(200, "application/json", vectors(50, ",\"usageMetadata\":{\"promptTokenCount\":150}")));
		first.next(Outcome.raw(200, "application/json", vectors(100, ",\"usageMetadata\":{\"promptTokenCount\":300}")));
		first.next(Outcome.raw(200, "application/json", vectors(50, "")));
		try (AiFallbackTemplate ai = template(gemini("a", first))) {
			assertThat(embed(ai, 150).usage().inputTokens()).isEqualTo(450);
			// Half a count would look like a whole one.
			assertThat(embed(ai, 150).usage()).isNull();
		}
	}

	/** Vectors of two endpoints are never in one answer. */
	@ParameterizedTest
	@CsvSource({ "503, OVERLOADED", "400, REFUSED_UNEXPLAINED", "200, INVALID_RESPONSE" })
	void areAskedForAnewElsewhereIfOneFails(int status, FailureKind kind) {
		first.next(Outcome.answer(""));
		first.next((status == 200) ? Outcome.raw(200, "application/json", vectors(99, "")) : Outcome.status(status));
		int before = second.requestCount();
		try (AiFallbackTemplate ai = template(gemini("a", first), gemini("b", second))) {
			EmbeddingResponse response = embed(ai, 250);
			assertThat(response.vectors())
				.containsExactlyElementsOf(TEXTS.stream().map(LargeBatchTests::vector).toList());
			assertThat(response.endpoint()).isEqualTo("b");
			assertThat(response.attempts()).extracting(Attempt::failure).containsExactly(kind, null);
		}
		assertThat(second.requestCount() - before).isEqualTo(3);
	}

	/** A provider charges for what it answered, also if the answer is of no use. */
	@ParameterizedTest
	@CsvSource(textBlock = """
			'{"promptTokenCount":300}', '{"promptTokenCount":30}', 330
			'', '{"promptTokenCount":3000}', 3530
			'', '', 1060
			""")
	void costWhatTheFirstPiecesCost(String usage, String ofSecond, long tokens) {
		answerWith(usage);
		answerWith(ofSecond);
		first.next(Outcome.status(400));
		try (AiFallbackTemplate ai = template(gemini("a", first).toBuilder().price(Price.of("1", "1")).build(),
				gemini("b", second))) {
			Attempt failed = embed(ai, 250).attempts().get(0);
			assertThat(failed.failure()).isEqualTo(FailureKind.REFUSED_UNEXPLAINED);
			assertThat(failed.tokens()).isCloseTo(tokens, within(tokens / 10));
			assertThat(failed.cost().amount()).isCloseTo(BigDecimal.valueOf(failed.tokens(), 6), within(TINY));
			assertThat(failed.cost().estimated()).isTrue();
		}
	}

	@Test
	void endWithTheirCaller() {
		int before = first.requestCount();
		try (AiFallbackTemplate ai = template(gemini("a", first))) {
			first.freeze();
			Disposable call = ai.embed(EmbeddingRequest.of(TEXTS.toArray(String[]::new))).subscribe();
			await().atMost(PATIENCE).until(() -> first.requestCount() == before + 1);
			call.dispose();
			first.thaw();
			assertThat(embed(ai, 1).vectors()).hasSize(1);
		}
		assertThat(first.requestCount()).isEqualTo(before + 2);
	}

	private static void answerWith(String usage) {
		first.next(Outcome.raw(200, "application/json",
				vectors(100, usage.isEmpty() ? "" : ",\"usageMetadata\":" + usage)));
	}

	private static EmbeddingResponse embed(AiFallbackTemplate ai, int texts) {
		return ai.embed(EmbeddingRequest.of(TEXTS.subList(0, texts).toArray(String[]::new))).block(PATIENCE);
	}

	private static String vectors(int count, String more) {
		List<String> all = new ArrayList<>();
		for (int number = 0; number < count; number++) {
			all.add("{\"values\":[0." + (number + 1) + "]}");
		}
		return "{\"embeddings\":[" + String.join(",", all) + "]" + more + "}";
	}

	private static float[] vector(String text) {
		return EmbeddingsFormat.vector("m", text, EmbeddingsFormat.DIMENSIONS);
	}

	private static AiFallbackTemplate template(Endpoint... endpoints) {
		AiFallbackTemplateBuilder builder = AiFallbackTemplate.builder();
		Stream.of(endpoints).forEach(builder::endpoint);
		return builder.build();
	}

	private static Endpoint gemini(String name, ProviderSimulatorExtension provider) {
		return Endpoint.named(name).provider("gemini").url(URI.create(provider.url())).model("m").build();
	}

}
