// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;

import static org.assertj.core.api.Assertions.assertThat;

class AzureOpenAiFormatTests {

	private static final String PATH = "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21";

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void streamsAFirstChunkWithoutChoices() {
		List<String> events = ChatClient.events(ask(WireClient.AZURE.request(true, "Hi")).body());

		List<JsonNode> chunks = ChatClient.chunks(events);
		assertThat(chunks.get(0).path("choices")).isEmpty();
		assertThat(chunks.get(0).path("prompt_filter_results")).hasSize(1);
		assertThat(chunks.get(1).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
		assertThat(events).endsWith("[DONE]");
	}

	@Test
	void takesTheDeploymentForTheModel() {
		HttpResponse<String> response = ask("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

		assertThat(Json.read(response.body()).path("model").asText()).isEqualTo("my-gpt");
		assertThat(response.headers().firstValue("apim-request-id")).hasValue("req_00000000");
	}

	@Test
	void insistsOnAnApiVersion() {
		HttpResponse<String> response = this.client
			.send(this.client.post(PATH.substring(0, PATH.indexOf('?')), WireClient.AZURE.request(false, "Hi")));

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("api-version");
	}

	@ParameterizedTest
	@CsvSource({ "400, BadRequest", "401, 401", "404, DeploymentNotFound", "429, RateLimitReached",
			"500, InternalServerError", "503, ServiceUnavailable" })
	void failsWithTheCodeOfTheStatus(int status, String code) {
		simulator.next(Outcome.status(status));

		HttpResponse<String> response = ask(WireClient.AZURE.request(false, "Hi"));

		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(Json.read(response.body()).at("/error/code").asText()).isEqualTo(code);
	}

	@Test
	void filtersContent() {
		simulator.next(Outcome.error(ProviderError.of(400).withCode("content_filter").withParam("prompt")));

		JsonNode error = Json.read(ask(WireClient.AZURE.request(false, "Hi")).body()).path("error");

		assertThat(error.path("param").asText()).isEqualTo("prompt");
		assertThat(error.at("/innererror/code").asText()).isEqualTo("ResponsibleAIPolicyViolation");
	}

	private HttpResponse<String> ask(String body) {
		return this.client.send(this.client.post(PATH, body));
	}

}
