// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ErrorOutcomeTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@ParameterizedTest
	@CsvSource({ "400, invalid_request_error, null", "401, invalid_request_error, invalid_api_key",
			"403, invalid_request_error, null", "404, invalid_request_error, model_not_found",
			"429, requests, rate_limit_exceeded", "500, server_error, null", "503, server_error, null",
			"529, server_error, null" })
	void failsWithWhatIsTypicalOfAStatus(int status, String type, String code) {
		simulator.next(Outcome.status(status));

		HttpResponse<String> response = this.client.ask("Hi");

		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
		JsonNode error = Json.read(response.body()).path("error");
		assertThat(error.path("type").asText()).isEqualTo(type);
		assertThat(error.path("code").asText()).isEqualTo(code);
		assertThat(error.path("message").asText()).isNotEmpty();
	}

	@Test
	void failsWithAnyTypeCodeMessageAndParameter() {
		simulator.next(Outcome.error(ProviderError.of(400)
			.withType("invalid_request_error")
			.withCode("context_length_exceeded")
			.withMessage("Too long.")
			.withParam("messages")));

		assertThat(Json.read(this.client.ask("Hi").body())).isEqualTo(Json.read("""
				{"error":{"message":"Too long.","type":"invalid_request_error","param":"messages",
				"code":"context_length_exceeded"}}"""));
	}

	@Test
	void failsWithAnExhaustedQuota() {
		simulator.next(Outcome.error(ProviderError.of(429).withCode("insufficient_quota")));

		assertThat(Json.read(this.client.ask("Hi").body()).at("/error/type").asText()).isEqualTo("insufficient_quota");
	}

	@Test
	void sendsHeadersAsGiven() {
		simulator.next(Outcome.status(429)
			.withHeader("Retry-After", "Wed, 21 Oct 2037 07:28:00 GMT")
			.withHeader("retry-after-ms", "1500")
			.withHeader("x-ratelimit-remaining-requests", "0")
			.withHeader("X-Request-Id", "req_mine"));

		HttpResponse<String> response = this.client.ask("Hi");

		assertThat(response.headers().firstValue("retry-after")).hasValue("Wed, 21 Oct 2037 07:28:00 GMT");
		assertThat(response.headers().firstValue("retry-after-ms")).hasValue("1500");
		assertThat(response.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("0");
		assertThat(response.headers().allValues("x-request-id")).containsExactly("req_mine");
	}

	@Test
	void answersWithAnything() {
		simulator.next(Outcome.raw(502, "text/html", "<html>Bad gateway</html>"),
				Outcome.raw(200, "application/json", "{\"choices\":["));

		HttpResponse<String> page = this.client.ask("Hi");
		HttpResponse<String> broken = this.client.ask("Hi");

		assertThat(page.statusCode()).isEqualTo(502);
		assertThat(page.headers().firstValue("content-type")).hasValue("text/html");
		assertThat(page.body()).isEqualTo("<html>Bad gateway</html>");
		assertThat(broken.body()).isEqualTo("{\"choices\":[");
	}

	@Test
	void redirects() {
		simulator.next(Outcome.redirect("http://127.0.0.1:1/elsewhere"));

		HttpResponse<String> response = this.client.ask("Hi");

		assertThat(response.statusCode()).isEqualTo(307);
		assertThat(response.headers().firstValue("location")).hasValue("http://127.0.0.1:1/elsewhere");
	}

	@Test
	void sendsAnErrorInTheStream() {
		simulator.next(Outcome.answer("one two three").errorAfterTokens(2, ProviderError.of(503)));

		List<String> events = this.client.events(ChatClient.streamed("Hi"));

		assertThat(ChatClient.text(events)).isEqualTo("one two");
		assertThat(Json.read(events.get(events.size() - 1)).at("/error/type").asText()).isEqualTo("server_error");
		assertThat(events).hasSize(4);
	}

	@Test
	void answersWithTheErrorWhereThereIsNoStream() {
		simulator.next(Outcome.healthy().errorAfterTokens(2, ProviderError.of(503)));

		assertThat(this.client.ask("Hi").statusCode()).isEqualTo(503);
	}

	@Test
	void endsAStreamEarly() {
		simulator.next(Outcome.answer("one two three").endAfterTokens(2));

		List<String> events = this.client.events(ChatClient.streamed("Hi"));

		assertThat(ChatClient.text(events)).isEqualTo("one two");
		assertThat(events).hasSize(3).doesNotContain("[DONE]");
		assertThat(simulator.requests().get(0).awaitEnding(Duration.ofSeconds(30))).isEqualTo(Ending.COMPLETED);
	}

	@Test
	void leavesOutTheFinishReason() {
		simulator.next(Outcome.answer("one two").withoutFinishReason());

		assertThat(this.client.events(ChatClient.streamed("Hi"))).hasSize(4)
			.endsWith("[DONE]")
			.noneMatch((event) -> event.contains("\"finish_reason\":\"stop\""));
	}

	@Test
	void leavesOutTheTerminator() {
		simulator.next(Outcome.answer("one two").withoutTerminator());

		List<String> events = this.client.events(ChatClient.streamed("Hi"));

		assertThat(events).hasSize(4).doesNotContain("[DONE]");
		assertThat(events.get(3)).contains("\"finish_reason\":\"stop\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"model\":", "nonsense", "", "[]", "{\"messages\":\"?\"}", "{\"messages\":[]}" })
	void rejectsWhatIsNoQuestion(String body) {
		simulator.next(Outcome.answer("not consumed"));

		HttpResponse<String> response = this.client.send(this.client.post("/chat/completions", body));

		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(Json.read(response.body()).at("/error/type").asText()).isEqualTo("invalid_request_error");
		assertThat(simulator.requestCount()).isEqualTo(1);
		assertThat(this.client.ask("Hi").body()).contains("not consumed");
	}

	@Test
	void survivesMessagesOfUnexpectedShape() {
		String body = "{\"messages\":[1,null,\"x\",{\"role\":7,\"content\":{\"a\":[]}},{\"role\":\"user\",\"content\":[3]}]}";

		assertThat(this.client.send(this.client.post("/chat/completions", body)).statusCode()).isEqualTo(200);
	}

	@Test
	void knowsNoOtherPathsAndMethods() {
		HttpRequest get = HttpRequest.newBuilder(URI.create(simulator.url() + "/chat/completions")).build();

		assertThat(this.client.send(this.client.post("/elsewhere", "{}")).statusCode()).isEqualTo(404);
		assertThat(this.client.send(get).statusCode()).isEqualTo(405);
	}

	@Test
	void refusesOutcomesThatCannotBePlayed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Outcome.status(99))
			.withMessage("status: 99 (expected: 200..999)");
		assertThatIllegalArgumentException().isThrownBy(() -> Outcome.healthy().inChunksOf(0))
			.withMessage("bytes: 0 (expected: >= 1)");
		assertThatIllegalArgumentException().isThrownBy(() -> Outcome.healthy().cutAfterTokens(-1))
			.withMessage("tokens: -1 (expected: >= 0)");
	}

}
