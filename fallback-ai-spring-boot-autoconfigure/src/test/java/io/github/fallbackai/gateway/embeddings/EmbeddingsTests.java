// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.embeddings;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.embedding.EmbeddingsFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The official SDK and raw requests get vectors from the gateway.
 */
class EmbeddingsTests {

	private final ProviderSimulator first = ProviderSimulator.create();

	private final ProviderSimulator second = ProviderSimulator.create();

	private final ProviderSimulator third = ProviderSimulator.create();

	private final GatewayServer gateway = GatewayServer.before(endpoint(this.first, "a", "openai", "embed"),
			endpoint(this.second, "b", "gemini", "embed"), endpoint(this.third, "c", "openai", "other"));

	@AfterEach
	void close() {
		this.gateway.close();
		this.first.close();
		this.second.close();
		this.third.close();
	}

	private static Endpoint endpoint(ProviderSimulator provider, String name, String dialect, String model) {
		return Endpoint.named(name).provider(dialect).url(URI.create(provider.url())).model(model).build();
	}

	@ParameterizedTest
	@CsvSource({ "float", "base64", "''" })
	void theSdkGetsVectors(String format) {
		EmbeddingCreateParams.Builder params = EmbeddingCreateParams.builder()
			.model("embed")
			.inputOfArrayOfStrings(List.of("one", "two"))
			.dimensions(4);
		if (!format.isEmpty()) {
			params.encodingFormat(EmbeddingCreateParams.EncodingFormat.of(format));
		}
		CreateEmbeddingResponse response = this.gateway.client().embeddings().create(params.build()).validate();
		assertThat(response.model()).isEqualTo("embed");
		assertThat(response.usage().promptTokens()).isPositive();
		assertThat(response.data()).extracting(Embedding::index).containsExactly(0L, 1L);
		assertVector(response.data().get(0), EmbeddingsFormat.vector("embed", "one", 4));
		assertVector(response.data().get(1), EmbeddingsFormat.vector("embed", "two", 4));
	}

	@Test
	void anotherEndpointOfTheModelTakesOver() {
		this.first.always(Outcome.status(500));
		CreateEmbeddingResponse response = embed(this.gateway.client(), "embed");
		assertVector(response.data().get(0), EmbeddingsFormat.vector("embed", "one", EmbeddingsFormat.DIMENSIONS));
		assertThat(this.second.requests()).hasSize(1);
	}

	/** Gemini has no such thing. */
	@Test
	void aHeaderSaysWhoDoesNotGetTheUser() {
		String request = "{\"model\":\"embed\",\"user\":\"u\",\"input\":\"one\"}";
		assertThat(post(request).headers().firstValue("x-fallback-ai-left-out")).isEmpty();
		this.first.always(Outcome.status(500));
		assertThat(post(request).headers().firstValue("x-fallback-ai-left-out")).contains("user");
		assertThat(this.second.requests()).hasSize(1);
	}

	@Test
	void anotherModelNeverDoes() {
		this.first.always(Outcome.status(500));
		this.second.always(Outcome.status(500));
		OpenAIServiceException error = catchThrowableOfType(OpenAIServiceException.class,
				() -> embed(this.gateway.client(), "embed"));
		assertThat(error.statusCode()).isGreaterThanOrEqualTo(500);
		assertThat(this.third.requests()).isEmpty();
		assertVector(embed(this.gateway.client(), "other").data().get(0),
				EmbeddingsFormat.vector("other", "one", EmbeddingsFormat.DIMENSIONS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[1,2,3]", "[[1,2],[3]]" })
	void tokensGoToEndpointsThatTakeThem(String input) {
		HttpResponse<String> response = post("{\"model\":\"embed\",\"user\":\"u\",\"input\":" + input + "}");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(this.first.requests()).singleElement().satisfies((request) -> {
			assertThat(request.body().path("input")).isEqualTo(Json.read(input));
			assertThat(request.body().path("user").asText()).isEqualTo("u");
		});
		this.first.always(Outcome.status(500));
		assertThat(post("{\"model\":\"embed\",\"input\":" + input + "}").statusCode()).isGreaterThanOrEqualTo(500);
		assertThat(this.second.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                                                        | model           | missing_required_parameter
			{"model":"embed"}                                         | input           | missing_required_parameter
			{"model":"embed","input":""}                              | input           | invalid_value
			{"model":"embed","input":[]}                              | input           | invalid_value
			{"model":"embed","input":["a",""]}                        | input[1]        | invalid_value
			{"model":"embed","input":["a",1]}                         | input[1]        | invalid_type
			{"model":"embed","input":{}}                              | input           | invalid_type
			{"model":"embed","input":[1,"a"]}                         | input[1]        | invalid_type
			{"model":"embed","input":[1,-1]}                          | input[1]        | invalid_value
			{"model":"embed","input":[[]]}                            | input[0]        | invalid_value
			{"model":"embed","input":[[1],"a"]}                       | input[1]        | invalid_type
			{"model":"embed","input":"a","dimensions":0}              | dimensions      | invalid_value
			{"model":"embed","input":"a","dimensions":"4"}            | dimensions      | invalid_type
			{"model":"embed","input":"a","encoding_format":"int8"}    | encoding_format | invalid_value
			{"model":"embed","input":"a","input_type":"query"}        | input_type      | unsupported_parameter
			[]                                                        |                 | invalid_json
			""")
	void whatIsWrongIsSaid(String body, String param, String code) {
		HttpResponse<String> response = post(body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
		assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo(code);
		assertThat(Json.read(response.body()).at("/error/param").asText("")).isEqualTo((param != null) ? param : "");
		assertThat(this.first.requests()).isEmpty();
	}

	private static CreateEmbeddingResponse embed(OpenAIClient client, String model) {
		return client.embeddings().create(EmbeddingCreateParams.builder().model(model).input("one").build());
	}

	private static void assertVector(Embedding embedding, float[] expected) {
		List<Float> numbers = embedding.embedding();
		assertThat(numbers).hasSize(expected.length);
		for (int i = 0; i < expected.length; i++) {
			assertThat(numbers.get(i)).isEqualTo(expected[i]);
		}
	}

	private HttpResponse<String> post(String body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.gateway.url() + "/embeddings"))
			.header("Authorization", "Bearer " + GatewayServer.KEY)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		try {
			return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
