// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.embedding;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.wire.embedding.EmbeddingsFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EmbeddingTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final EmbeddingRequest TEXTS = EmbeddingRequest.of("one", "two", "one");

	private final ProviderSimulator first = ProviderSimulator.create();

	private final ProviderSimulator second = ProviderSimulator.create();

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@ParameterizedTest
	@CsvSource({ "openai, ''", "openai, /chat/completions", "openai, /embeddings", "azure-openai, /openai/v1",
			"azure-openai, /openai/v1/chat/completions", "azure-openai, /openai/deployments/d/chat/completions",
			"azure-openai, ''", "gemini, ''", "gemini, /models/m:generateContent" })
	void eachTextHasItsVector(String provider, String path) {
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", provider, "m", path))) {
			EmbeddingResponse response = ai.embed(TEXTS).block(PATIENCE);
			assertThat(response.vectors()).containsExactly(vector("m", "one"), vector("m", "two"), vector("m", "one"));
			assertThat(response.endpoint()).isEqualTo("a");
			assertThat(response.degraded()).isFalse();
			assertThat(this.first.requests()).singleElement().satisfies((request) -> {
				assertThat(request.path()).matches(".*(/embeddings|/m:batchEmbedContents)");
				assertThat(request.body().has("stream")).isFalse();
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "openai", "gemini" })
	void theLengthCanBeChosen(String provider) {
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", provider, "m", ""))) {
			EmbeddingRequest request = EmbeddingRequest.builder(List.of("one")).dimensions(3).build();
			assertThat(ai.embed(request).block(PATIENCE).vectors())
				.containsExactly(EmbeddingsFormat.vector("m", "one", 3));
		}
	}

	@Test
	void anotherEndpointOfTheModelTakesOver() {
		this.first.always(Outcome.status(503));
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", "openai", "m", ""),
				endpoint(this.second, "b", "openai", "m", ""))) {
			EmbeddingResponse response = ai.embed(TEXTS).block(PATIENCE);
			assertThat(response.vectors()).hasSize(3);
			assertThat(response.endpoint()).isEqualTo("b");
			assertThat(response.attempts()).extracting(Attempt::failure).containsExactly(FailureKind.OVERLOADED, null);
			assertThat(response.degraded()).isTrue();
		}
	}

	@Test
	void anotherModelNeverDoes() {
		this.first.always(Outcome.status(503));
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", "openai", "m", ""),
				endpoint(this.second, "b", "openai", "other", ""))) {
			EmbeddingRequest anyModel = EmbeddingRequest.builder(List.of("one"))
				.options(ChatOptions.builder().fallbackScope(FallbackScope.ANY_MODEL).build())
				.build();
			for (EmbeddingRequest request : List.of(TEXTS, anyModel)) {
				assertThat(catchThrowableOfType(AiFallbackException.class, () -> ai.embed(request).block(PATIENCE)))
					.isNotNull();
			}
			assertThat(this.second.requests()).isEmpty();
			EmbeddingRequest other = EmbeddingRequest.builder(List.of("one")).target("other").build();
			assertThat(ai.embed(other).block(PATIENCE).vectors()).containsExactly(vector("other", "one"));
		}
	}

	static Stream<String> noVectors() {
		String two = "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[1,2]}%s]}";
		return Stream.of("{}", "[]", "{\"data\":[]}", "{\"data\":{}}", "{\"data\":[1]}", "not JSON", two.formatted(""),
				two.formatted(",{\"index\":1,\"embedding\":[1,2]}"),
				two.formatted(",{\"index\":5,\"embedding\":[1,2]}"), two.formatted(",{\"index\":2,\"embedding\":[1]}"),
				two.formatted(",{\"index\":2,\"embedding\":[]}"), two.formatted(",{\"index\":2}"),
				two.formatted(",{\"index\":2,\"embedding\":[1,\"2\"]}"),
				two.formatted(",{\"index\":2,\"embedding\":[1,null]}"),
				two.formatted(",{\"index\":2,\"embedding\":[1e39,1]}"),
				two.formatted(",{\"index\":2,\"embedding\":\"AACAfwAAgH8=\"}"),
				two.formatted(",{\"index\":2,\"embedding\":\"AAAA\"}"),
				two.formatted(",{\"index\":2,\"embedding\":\"?\"}"),
				two.formatted(",{\"index\":2,\"embedding\":[1,2]}").replace("]}", "]"),
				two.formatted(",{\"index\":2,\"embedding\":[1,2]}") + "{}",
				"{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}");
	}

	@ParameterizedTest
	@MethodSource("noVectors")
	void whatHasNotAVectorForEachTextIsNoAnswer(String body) {
		this.first.always(Outcome.raw(200, "application/json", body));
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", "openai", "m", ""),
				endpoint(this.second, "b", "openai", "m", ""))) {
			EmbeddingResponse response = ai.embed(TEXTS).block(PATIENCE);
			assertThat(response.endpoint()).isEqualTo("b");
			assertThat(response.vectors()).hasSize(3);
		}
	}

	@Test
	void aStreamIsNoAnswer() {
		this.first.always(Outcome.raw(200, "text/event-stream", "data: {\"data\":[]}\n\ndata: [DONE]\n\n"));
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", "openai", "m", ""),
				endpoint(this.second, "b", "openai", "m", ""))) {
			assertThat(ai.embed(TEXTS).block(PATIENCE).attempts()).extracting(Attempt::failure)
				.containsExactly(FailureKind.INVALID_RESPONSE, null);
		}
	}

	@Test
	void theIndexGivesTheOrder() {
		this.first.always(Outcome.raw(200, "application/json",
				"{\"data\":[{\"embedding\":[2.5],\"index\":1},{\"index\":0,\"embedding\":\"AACAPw==\"}],\"model\":\"m-1\","
						+ "\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}"));
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", "openai", "m", ""))) {
			EmbeddingResponse response = ai.embed(EmbeddingRequest.of("one", "two")).block(PATIENCE);
			assertThat(response.vectors()).containsExactly(new float[] { 1 }, new float[] { 2.5f });
			assertThat(response.model()).isEqualTo("m-1");
			assertThat(response.usage().inputTokens()).isEqualTo(7);
			assertThat(response.usage().outputTokens()).isZero();
		}
	}

	@Test
	void anEndpointWithoutEmbeddingsIsNotAsked() {
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", "anthropic", "m", ""),
				endpoint(this.second, "b", "openai", "m", ""))) {
			assertThat(ai.embed(TEXTS).block(PATIENCE).endpoint()).isEqualTo("b");
			assertThat(this.first.requests()).isEmpty();
		}
	}

	@Test
	void textsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(EmbeddingRequest::of).withMessageContaining("inputs: 0");
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddingRequest.of("one", ""))
			.withMessageContaining("inputs[1]: empty");
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddingRequest.builder(List.of("one")).dimensions(0))
			.withMessageContaining("dimensions: 0");
		assertThat(EmbeddingRequest.of("secret")).asString().doesNotContain("secret");
	}

	@Test
	void chatsAreNoTexts() {
		try (AiFallbackTemplate ai = template(endpoint(this.first, "a", "openai", "m", ""))) {
			ChatRequest chat = Embeddings.ask(TEXTS).toBuilder().assistant("Hi").build();
			assertThat(catchThrowableOfType(AiFallbackException.class, () -> ai.chat(chat).block(PATIENCE)))
				.isNotNull();
			assertThat(this.first.requests()).isEmpty();
		}
	}

	private static float[] vector(String model, String text) {
		return EmbeddingsFormat.vector(model, text, EmbeddingsFormat.DIMENSIONS);
	}

	private static AiFallbackTemplate template(Endpoint... endpoints) {
		AiFallbackTemplateBuilder builder = AiFallbackTemplate.builder();
		Stream.of(endpoints).forEach(builder::endpoint);
		return builder.build();
	}

	private static Endpoint endpoint(ProviderSimulator provider, String name, String dialect, String model,
			String path) {
		return Endpoint.named(name).provider(dialect).url(URI.create(provider.url() + path)).model(model).build();
	}

}
