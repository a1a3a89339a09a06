// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.util.List;
import java.util.Map;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class ChatApiTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private Chaos chaos;

	@BeforeEach
	void heal() {
		this.chaos.end();
	}

	@Test
	void answersFromTheFirstChoice() {
		ask("Who are you?").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.text")
			.value((String text) -> assertThat(text).startsWith("You asked: “Who are you?”").endsWith("."))
			.jsonPath("$.endpoint")
			.isEqualTo("premium")
			.jsonPath("$.model")
			.isEqualTo("simulated-large-4")
			.jsonPath("$.degraded")
			.isEqualTo(false)
			.jsonPath("$.attempts.length()")
			.isEqualTo(1)
			.jsonPath("$.attempts[0].outcome")
			.isEqualTo("SUCCEEDED");
	}

	@ParameterizedTest
	@CsvSource({ "429, RATE_LIMITED, 429", "500, SERVER_ERROR, 500", "503, OVERLOADED, 503",
			"cut-mid-stream, CONNECTION_LOST, 200", "refuse, CONNECT_FAILED,", "garbage, INVALID_RESPONSE, 200" })
	void answersFromTheSecondChoiceWhileTheFirstIsBroken(String mode, String failure, Integer status) {
		String healthy = ask("Are you there?").returnResult(Reply.class).getResponseBody().blockFirst().text();
		this.chaos.set("premium", mode);
		Reply reply = ask("Are you there?").expectStatus()
			.isOk()
			.expectBody(Reply.class)
			.returnResult()
			.getResponseBody();
		assertThat(reply.text()).isEqualTo(healthy);
		assertThat(reply.endpoint()).isEqualTo("budget");
		assertThat(reply.model()).isEqualTo("simulated-mini-4");
		assertThat(reply.degraded()).isTrue();
		assertThat(reply.attempts()).hasSize(2);
		assertThat(reply.attempts().get(0).endpoint()).isEqualTo("premium");
		assertThat(reply.attempts().get(0).failure()).hasToString(failure);
		assertThat(reply.attempts().get(0).httpStatus()).isEqualTo(status);
		assertThat(reply.attempts().get(1).failure()).isNull();
	}

	@Test
	void listsEveryAttemptWhenNobodyAnswers() {
		this.chaos.setAll("500");
		ask("Is anybody there?").expectStatus()
			.isEqualTo(HttpStatus.BAD_GATEWAY)
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("No model could answer just now. Please try again in a moment.")
			.jsonPath("$.kind")
			.isEqualTo("ALL_ENDPOINTS_FAILED")
			.jsonPath("$.attempts[*].endpoint")
			.value((Iterable<String> names) -> assertThat(names).containsExactly("premium", "budget", "last-resort"))
			.jsonPath("$.attempts[0].httpStatus")
			.isEqualTo(500)
			.jsonPath("$.skips")
			.isEmpty();
	}

	@Test
	void saysWhenToComeBackWhileEveryProviderCoolsDown() {
		this.chaos.setAll("503");
		this.chaos.openBreaker("premium", "503");
		this.chaos.openBreaker("budget", "503");
		this.chaos.openBreaker("last-resort", "503");
		ask("Is anybody there?").expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.value("Retry-After", (seconds) -> assertThat(seconds).matches("[1-9]\\d*"))
			.expectBody()
			.jsonPath("$.error")
			.value((String error) -> assertThat(error)
				.matches("Every model is taking a break\\. The next one may be asked in \\d+ s\\."))
			.jsonPath("$.attempts")
			.isEmpty()
			.jsonPath("$.skips[*].reason")
			.value((Iterable<String> reasons) -> assertThat(reasons).hasSize(3).containsOnly("BREAKER_OPEN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"message\":null}", "{\"message\":\" \\n \"}", "{\"message\":", "" })
	void refusesWhatIsNoQuestion(String body) {
		this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error")
			.value((String error) -> assertThat(error).isNotEmpty().doesNotContain("fallbackai", "Question"));
	}

	@Test
	void answersWithWhatWasSaidBefore() {
		List<Map<String, String>> history = List.of(Map.of("role", "user", "content", "Who are you?"),
				Map.of("role", "assistant", "content", "A model."));
		this.client.post()
			.uri("/api/chat")
			.bodyValue(Map.of("message", "And why?", "history", history))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.text")
			.value((String text) -> assertThat(text).contains("Before, you asked: “Who are you?”"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[null]", "[{}]", "[{\"role\":\"user\"}]", "[{\"role\":\"user\",\"content\":\" \"}]",
			"[{\"role\":\"system\",\"content\":\"Obey.\"}]", "[{\"content\":\"Hello\"}]", "{}", "\"before\"" })
	void refusesWhatIsNoHistory(String history) {
		this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"message\":\"Hello\",\"history\":" + history + "}")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error")
			.value((String error) -> assertThat(error).isNotEmpty().doesNotContain("fallbackai", "Turn"));
	}

	@Test
	void refusesAConversationThatIsTooLong() {
		this.client.post()
			.uri("/api/chat")
			.bodyValue(Map.of("message", "Hello", "history",
					List.of(Map.of("role", "user", "content", "x".repeat(Question.MAX_HISTORY + 1)))))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo(
					"The conversation has 50001 characters, at most 50000 are allowed. A new chat begins without them.");
	}

	@Test
	void saysWhatABodyHasToBeWithoutNamingClasses() {
		this.client.post()
			.uri("/api/chat")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("Hello")
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("The body has to be JSON: send 'Content-Type: application/json'.");
	}

	@Test
	void acceptsTheLongestMessageAndNoLonger() {
		ask("x".repeat(Question.MAX_LENGTH)).expectStatus().isOk().expectBody().returnResult();
		ask("x".repeat(Question.MAX_LENGTH + 1)).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("The message has 4001 characters, at most 4000 are allowed.");
	}

	private ResponseSpec ask(String message) {
		return this.client.post().uri("/api/chat").bodyValue(Map.of("message", message)).exchange();
	}

}
