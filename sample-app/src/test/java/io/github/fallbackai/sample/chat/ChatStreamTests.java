// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static io.github.fallbackai.sample.chat.EventStream.EVENT;
import static io.github.fallbackai.sample.chat.EventStream.names;
import static io.github.fallbackai.sample.chat.EventStream.text;
import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class ChatStreamTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private Chaos chaos;

	@BeforeEach
	void heal() {
		this.chaos.end();
	}

	@Test
	void streamsWordByWord() {
		List<ServerSentEvent<JsonNode>> events = events("Who are you?");
		assertThat(events).hasSizeGreaterThan(30);
		assertThat(names(events.subList(0, events.size() - 1))).containsOnly("delta");
		assertThat(text(events)).startsWith("You asked: “Who are you?”").endsWith(".");
		ServerSentEvent<JsonNode> last = events.get(events.size() - 1);
		assertThat(last.event()).isEqualTo("done");
		assertThat(last.data().path("endpoint").asText()).isEqualTo("premium");
		assertThat(last.data().path("model").asText()).isEqualTo("simulated-large-4");
		assertThat(last.data().path("degraded").asBoolean(true)).isFalse();
		assertThat(last.data().path("attempts")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "429, RATE_LIMITED", "500, SERVER_ERROR", "503, OVERLOADED", "refuse, CONNECT_FAILED",
			"garbage, INVALID_RESPONSE" })
	void saysWhoTakesOverBeforeTheFirstWord(String mode, String reason) {
		this.chaos.set("premium", mode);
		List<ServerSentEvent<JsonNode>> events = events("Are you there?");
		JsonNode takeover = events.get(0).data();
		assertThat(events.get(0).event()).isEqualTo("switch");
		assertThat(takeover.path("from").asText()).isEqualTo("premium");
		assertThat(takeover.path("to").asText()).isEqualTo("budget");
		assertThat(takeover.path("model").asText()).isEqualTo("simulated-mini-4");
		assertThat(takeover.path("reason").asText()).isEqualTo(reason);
		assertThat(takeover.path("discardPrevious").asBoolean(true)).isFalse();
		assertThat(names(events.subList(1, events.size() - 1))).containsOnly("delta");
		assertThat(text(events)).startsWith("You asked: “Are you there?”").endsWith(".");
		JsonNode done = events.get(events.size() - 1).data();
		assertThat(done.path("endpoint").asText()).isEqualTo("budget");
		assertThat(done.path("degraded").asBoolean()).isTrue();
		assertThat(done.path("attempts")).hasSize(2);
	}

	@Test
	void goesOnWithAnotherModelWhereTheAnswerBrokeOff() {
		String healthy = text(events("Are you there?"));
		this.chaos.set("premium", "cut-mid-stream");
		List<ServerSentEvent<JsonNode>> events = events("Are you there?");
		assertThat(text(events)).isEqualTo(healthy);
		int takeover = names(events).indexOf("switch");
		assertThat(text(events.subList(0, takeover))).isNotEmpty();
		assertThat(events.get(takeover).data().path("reason").asText()).isEqualTo("CONNECTION_LOST");
		assertThat(events.get(takeover).data().path("discardPrevious").asBoolean(true)).isFalse();
		JsonNode done = events.get(events.size() - 1).data();
		assertThat(done.path("endpoint").asText()).isEqualTo("budget");
		assertThat(done.path("degraded").asBoolean()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "refuse", "cut-mid-stream" })
	void goesOnWhenItsProviderBreaksInTheMiddleOfTheAnswer(String mode) {
		String healthy = text(events("Are you there?"));
		this.chaos.set("premium", "hang-mid-stream");
		List<ServerSentEvent<JsonNode>> events = ask("Are you there?").returnResult(EVENT)
			.getResponseBody()
			.publishOn(Schedulers.boundedElastic())
			.switchOnFirst((first, all) -> {
				this.chaos.set("premium", mode);
				return all;
			})
			.collectList()
			.block();
		assertThat(text(events)).isEqualTo(healthy);
		int takeover = names(events).indexOf("switch");
		assertThat(takeover).isPositive();
		assertThat(events.get(takeover).data().path("reason").asText()).isEqualTo("CONNECTION_LOST");
	}

	@Test
	void endsWithAnEventWhenNobodyCanGoOn() {
		this.chaos.setAll("500");
		this.chaos.set("premium", "cut-mid-stream");
		List<ServerSentEvent<JsonNode>> events = events("Are you there?");
		assertThat(text(events)).startsWith("You asked: “Are you there?”");
		ServerSentEvent<JsonNode> last = events.get(events.size() - 1);
		assertThat(last.event()).isEqualTo("failed");
		assertThat(last.data().path("kind").asText()).isEqualTo("STREAM_INTERRUPTED");
		assertThat(last.data().path("message").asText()).startsWith("The answer broke off");
		assertThat(last.data().path("attempts").path(0).path("failure").asText()).isEqualTo("CONNECTION_LOST");
	}

	@Test
	void endsWithAnEventWhenNobodyAnswers() {
		this.chaos.setAll("500");
		List<ServerSentEvent<JsonNode>> events = events("Is anybody there?");
		assertThat(names(events)).containsExactly("switch", "switch", "failed");
		JsonNode error = events.get(2).data();
		assertThat(error.path("kind").asText()).isEqualTo("ALL_ENDPOINTS_FAILED");
		assertThat(error.path("attempts")).hasSize(3);
	}

	@Test
	void refusesABlankMessageInJsonThoughAStreamWasAskedFor() {
		ask("  ").expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("The body needs a 'message' that is not blank.");
	}

	private List<ServerSentEvent<JsonNode>> events(String message) {
		return EventStream.events(this.client, message);
	}

	private ResponseSpec ask(String message) {
		return EventStream.ask(this.client, message);
	}

}
