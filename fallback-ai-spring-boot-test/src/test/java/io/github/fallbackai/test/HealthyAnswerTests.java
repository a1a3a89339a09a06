// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

class HealthyAnswerTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void answersAsOneDocument() {
		HttpResponse<String> response = this.client.ask("Why is the sky blue?");

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		assertThat(response.headers().firstValue("x-request-id")).hasValue("req_00000000");
		assertThat(response.headers().firstValueAsLong("content-length")).isPresent();
		JsonNode body = Json.read(response.body());
		assertThat(body.path("object").asText()).isEqualTo("chat.completion");
		assertThat(body.path("model").asText()).isEqualTo("gpt-4o");
		assertThat(body.at("/choices/0/message/content").asText()).isEqualTo(simulator.answerTo("Why is the sky blue?"))
			.contains("Why is the sky blue?");
		assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
	}

	@Test
	void streamsRoleThenContentThenFinishReasonThenDone() {
		List<String> events = this.client.events(ChatClient.streamed("Hello"));

		assertThat(ChatClient.text(events)).isEqualTo(simulator.answerTo("Hello"));
		List<JsonNode> chunks = ChatClient.chunks(events);
		assertThat(chunks).allSatisfy((chunk) -> {
			assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
			assertThat(chunk.path("choices")).hasSize(1);
		});
		assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
		assertThat(chunks.get(0).at("/choices/0/delta/content").asText("?")).isEmpty();
		assertThat(chunks.subList(0, chunks.size() - 1))
			.allSatisfy((chunk) -> assertThat(chunk.at("/choices/0/finish_reason").isNull()).isTrue());
		assertThat(chunks.get(chunks.size() - 1).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
		assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
	}

	@Test
	void streamsOneWordPerChunk() {
		List<String> events = this.client.events(ChatClient.streamed("Hello"));

		int words = Tokens.of(simulator.answerTo("Hello")).size();
		assertThat(words).isGreaterThanOrEqualTo(20);
		assertThat(events).hasSize(words + 3);
	}

	@Test
	void reportsUsageInTheStreamOnlyWhenAsked() {
		ObjectNode request = ChatClient.streamed("one two three");
		assertThat(ChatClient.chunks(this.client.events(request))).noneMatch((chunk) -> chunk.has("usage"));

		request.putObject("stream_options").put("include_usage", true);
		List<JsonNode> chunks = ChatClient.chunks(this.client.events(request));

		JsonNode last = chunks.get(chunks.size() - 1);
		assertThat(last.path("choices")).isEmpty();
		assertThat(last.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
		assertThat(last.at("/usage/completion_tokens").asInt()).isEqualTo(chunks.size() - 3);
		assertThat(last.at("/usage/total_tokens").asInt()).isEqualTo(chunks.size());
		assertThat(chunks.subList(0, chunks.size() - 1)).allMatch((chunk) -> chunk.path("usage").isNull());
	}

	@Test
	void answersDependOnNothingButTheRequest() {
		try (ProviderSimulator other = ProviderSimulator.create()) {
			String answer = Json.read(new ChatClient(other).ask("What is TCP?").body())
				.at("/choices/0/message/content")
				.asText();

			assertThat(answer).isEqualTo(simulator.answerTo("What is TCP?"))
				.isNotEqualTo(simulator.answerTo("What is UDP?"));
		}
	}

	@Test
	void signsAnswersWhenItHasASignature() {
		ProviderSimulator signed = ProviderSimulator.create(SimulatorOptions.defaults().withSignature("backup"));

		assertThat(signed.answerTo("Hi")).startsWith(simulator.answerTo("Hi")).endsWith("Yours, backup.");
	}

	@Test
	void quotesTheBeginningOfALongQuestion() {
		String answer = simulator.answerTo("one two three four\nfive  six seven eight nine ten");

		assertThat(answer).contains("“one two three four five six seven eight …”").doesNotContain("nine");
	}

	@Test
	void claimsToBeAnotherModelWhenTold() {
		simulator.always(Outcome.answer(Answer.standard().withModel("gpt-4o-2024-08-06")));

		JsonNode body = Json.read(this.client.ask("Hi").body());

		assertThat(body.path("model").asText()).isEqualTo("gpt-4o-2024-08-06");
		assertThat(body.at("/choices/0/message/content").asText()).isEqualTo(simulator.answerTo("Hi"));
	}

	@Test
	void readsTextPartsAndTheLastUserMessage() {
		ObjectNode request = ChatClient.question("first");
		ObjectNode last = request.withArray("messages").addObject().put("role", "user");
		last.putArray("content").addObject().put("type", "text").put("text", "second");
		last.withArray("content").addObject().put("type", "image_url").putObject("image_url").put("url", "data:,");

		assertThat(Json.read(this.client.send(request).body()).at("/choices/0/message/content").asText())
			.isEqualTo(simulator.answerTo("second"));
	}

	@Test
	void listsModels() {
		HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/models")).build();

		JsonNode body = Json.read(this.client.send(request).body());

		assertThat(body.path("object").asText()).isEqualTo("list");
		assertThat(body.at("/data/0/object").asText()).isEqualTo("model");
	}

}
