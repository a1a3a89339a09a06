// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every format.
 */
class WireFormatContractTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@ParameterizedTest
	@EnumSource
	void answersAsOneDocument(WireClient format) {
		HttpResponse<String> response = document(format, "Why is it so?");

		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(format.text(Json.read(response.body()))).isEqualTo(simulator.answerTo("Why is it so?"));
		assertThat(response.body()).contains("\"gpt-4o\"");
	}

	@ParameterizedTest
	@EnumSource
	void streams(WireClient format) {
		assertThat(format.text(stream(format, "Why is it so?"))).isEqualTo(simulator.answerTo("Why is it so?"));
	}

	@ParameterizedTest
	@EnumSource
	void understandsRequests(WireClient format) {
		document(format, "first", "answer", "second");
		stream(format, "third");

		assertThat(simulator.requests()).allMatch((request) -> request.model().equals("gpt-4o"));
		assertThat(simulator.requests()).extracting(RecordedRequest::lastUserMessage)
			.containsExactly("second", "third");
		assertThat(simulator.requests()).extracting(RecordedRequest::isStream).containsExactly(false, true);
	}

	@ParameterizedTest
	@EnumSource
	void continuesAPrefill(WireClient format) {
		String whole = simulator.answerTo("Why?");

		assertThat(format.text(stream(format, "Why?", whole.substring(0, 40)))).isEqualTo(whole.substring(40));
	}

	@ParameterizedTest
	@EnumSource
	void countsTokens(WireClient format) {
		simulator.always(Outcome.answer(Answer.text("one two three").withReasoning("so so")).endAfterTokens(4));

		assertThat(format.text(stream(format, "Hi"))).endsWith("one two");
	}

	@ParameterizedTest
	@EnumSource
	void sendsNoTextBeforeTheFirstToken(WireClient format) {
		simulator.next(Outcome.healthy().endAfterTokens(0));

		assertThat(format.text(stream(format, "Hi"))).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void sendsAnErrorInTheStream(WireClient format) {
		simulator.next(Outcome.answer("one two three")
			.errorAfterTokens(2, ProviderError.of(503).withType("BROKEN").withMessage("Sorry")));

		List<JsonNode> events = stream(format, "Hi");

		assertThat(format.text(events)).isEqualTo("one two");
		JsonNode error = events.get(events.size() - 1).path("error");
		assertThat(error.path("message").asText()).isEqualTo("Sorry");
		assertThat(error.toString()).contains("\"BROKEN\"");
	}

	@ParameterizedTest
	@EnumSource
	void failsInTheProvidersShape(WireClient format) {
		simulator.next(Outcome.status(429));

		HttpResponse<String> response = document(format, "Hi");

		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(Json.read(response.body()).at("/error/message").asText()).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void rejectsMalformedRequests(WireClient format) {
		for (String body : List.of("", "{\"messages\":", "{}", "[]", "7")) {
			HttpResponse<String> response = this.client.send(this.client.post(format.path(false), body));

			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(Json.read(response.body()).at("/error/message").asText()).isNotEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void saysWhyItStopped(WireClient format) {
		simulator.always(Outcome.answer(Answer.empty().withFinishReason(FinishReason.LENGTH)));

		assertThat(document(format, "Hi").body()).contains('"' + format.lengthReason() + '"');
		assertThat(stream(format, "Hi").toString()).contains('"' + format.lengthReason() + '"');
	}

	@ParameterizedTest
	@EnumSource
	void leavesOutWhyItStopped(WireClient format) {
		simulator
			.next(Outcome.answer(Answer.text("one two").withFinishReason(FinishReason.LENGTH)).withoutFinishReason());

		List<JsonNode> events = stream(format, "Hi");

		assertThat(format.text(events)).isEqualTo("one two");
		assertThat(events.toString()).doesNotContain('"' + format.lengthReason() + '"');
	}

	@ParameterizedTest
	@EnumSource
	void pings(WireClient format) throws IOException {
		simulator.next(Outcome.healthy().pingForever(Duration.ofMillis(5)));
		try (RawClient raw = new RawClient(simulator).post("/v1" + format.path(true), format.request(true, "Hi"))) {
			assertThat(raw.readUntil("ping")).startsWith("HTTP/1.1 200").contains("text/event-stream");
		}
	}

	private HttpResponse<String> document(WireClient format, String... messages) {
		return this.client.send(this.client.post(format.path(false), format.request(false, messages)));
	}

	private List<JsonNode> stream(WireClient format, String... messages) {
		HttpResponse<String> response = this.client
			.send(this.client.post(format.path(true), format.request(true, messages)));
		assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
		return ChatClient.chunks(ChatClient.events(response.body()));
	}

}
