// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ToolCall;

import static org.assertj.core.api.Assertions.assertThat;

class GeminiFormatTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void streamsResponsesOfWhichTheLastOneSaysWhyItStopped() {
		simulator.next(Outcome.answer(Answer.text("one two").withReasoning("hm")));

		List<JsonNode> responses = ChatClient.chunks(ChatClient.events(ask(true).body()));

		assertThat(responses).hasSize(4);
		assertThat(responses.get(0).at("/candidates/0/content/parts/0/thought").asBoolean()).isTrue();
		assertThat(responses.get(1).at("/candidates/0/content/parts/0/text").asText()).isEqualTo("one");
		assertThat(responses.subList(0, 3)).noneMatch((response) -> response.at("/candidates/0").has("finishReason"));
		JsonNode last = responses.get(3);
		assertThat(last.at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
		assertThat(last.at("/usageMetadata/candidatesTokenCount").asInt()).isEqualTo(2);
		assertThat(last.at("/usageMetadata/thoughtsTokenCount").asInt()).isEqualTo(1);
		assertThat(last.at("/usageMetadata/totalTokenCount").asInt()).isEqualTo(4);
		assertThat(last.path("modelVersion").asText()).isEqualTo("gpt-4o");
	}

	@Test
	void answersWithParts() {
		simulator.next(Outcome.answer(
				Answer.text("Well.").withReasoning("Hm.").withToolCalls(ToolCall.of("weather", "{\"city\":\"Rom\"}"))));

		JsonNode candidate = Json.read(ask(false).body()).at("/candidates/0");

		assertThat(candidate.at("/content/role").asText()).isEqualTo("model");
		assertThat(candidate.at("/content/parts/0/thought").asBoolean()).isTrue();
		assertThat(candidate.at("/content/parts/1/text").asText()).isEqualTo("Well.");
		assertThat(candidate.at("/content/parts/2/functionCall/name").asText()).isEqualTo("weather");
		assertThat(candidate.at("/content/parts/2/functionCall/args/city").asText()).isEqualTo("Rom");
		assertThat(candidate.path("finishReason").asText()).isEqualTo("STOP");
	}

	@Test
	void sendsArgumentsThatAreNoJsonAsText() {
		simulator.next(Outcome.answer(Answer.toolCalls(ToolCall.of("weather", "{\"city\":"))));

		assertThat(Json.read(ask(false).body()).at("/candidates/0/content/parts/0/functionCall/args").asText())
			.isEqualTo("{\"city\":");
	}

	@Test
	void blocksThePrompt() {
		simulator.always(Outcome.answer(Answer.empty().withFinishReason(FinishReason.CONTENT_FILTER)));

		for (String body : List.of(ask(false).body(), ChatClient.events(ask(true).body()).get(0))) {
			assertThat(Json.read(body).at("/promptFeedback/blockReason").asText()).isEqualTo("SAFETY");
			assertThat(Json.read(body).has("candidates")).isFalse();
		}
	}

	@Test
	void stopsForSafetyAfterSomeText() {
		simulator.next(Outcome.answer(Answer.text("Well").withFinishReason(FinishReason.CONTENT_FILTER)));

		assertThat(ChatClient.events(ask(true).body()).get(1)).contains("\"finishReason\":\"SAFETY\"");
	}

	@ParameterizedTest
	@CsvSource({ "400, INVALID_ARGUMENT", "401, UNAUTHENTICATED", "403, PERMISSION_DENIED", "404, NOT_FOUND",
			"429, RESOURCE_EXHAUSTED", "500, INTERNAL", "503, UNAVAILABLE", "504, DEADLINE_EXCEEDED" })
	void failsWithTheWordOfTheStatus(int status, String word) {
		simulator.next(Outcome.status(status));

		JsonNode error = Json.read(ask(false).body()).path("error");

		assertThat(error.path("code").asInt()).isEqualTo(status);
		assertThat(error.path("status").asText()).isEqualTo(word);
		assertThat(error.has("details")).isFalse();
	}

	@Test
	void givesTheReasonInTheDetails() {
		simulator.next(Outcome.error(ProviderError.of(400).withCode("API_KEY_INVALID")));

		assertThat(Json.read(ask(false).body()).at("/error/details/0/reason").asText()).isEqualTo("API_KEY_INVALID");
	}

	@Test
	void streamsEventsOnly() {
		HttpResponse<String> response = this.client
			.send(this.client.post("/models/gemini:streamGenerateContent?x=1", WireClient.GEMINI.request(true, "Hi")));

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("alt=sse");
	}

	private HttpResponse<String> ask(boolean stream) {
		return this.client
			.send(this.client.post(WireClient.GEMINI.path(stream), WireClient.GEMINI.request(stream, "Hi")));
	}

}
