// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.ImpatientDemoTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;

import static io.github.fallbackai.sample.chat.EventStream.names;
import static io.github.fallbackai.sample.chat.EventStream.text;
import static org.assertj.core.api.Assertions.assertThat;

@ImpatientDemoTest
@Tag("slow")
class ChatTimeoutTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private Chaos chaos;

	@BeforeEach
	void heal() {
		this.chaos.end();
	}

	@ParameterizedTest
	@CsvSource({ "hang,", "hang-mid-stream, 200" })
	void answersFromTheSecondChoiceWhenTheFirstHangs(String mode, Integer status) {
		// All of them say the same.
		String healthy = ask().text();
		this.chaos.set("premium", mode);
		Reply reply = ask();
		assertThat(reply.text()).isEqualTo(healthy);
		assertThat(reply.endpoint()).isEqualTo("budget");
		assertThat(reply.model()).isEqualTo("simulated-mini-4");
		assertThat(reply.degraded()).isTrue();
		assertThat(reply.attempts()).hasSize(2);
		assertThat(reply.attempts().get(0).endpoint()).isEqualTo("premium");
		assertThat(reply.attempts().get(0).failure()).hasToString("TIMED_OUT");
		assertThat(reply.attempts().get(0).httpStatus()).isEqualTo(status);
		assertThat(reply.attempts().get(1).failure()).isNull();
	}

	@Test
	void saysWhoTakesOverWhenTheFirstChoiceHangs() {
		this.chaos.set("premium", "hang");
		List<ServerSentEvent<JsonNode>> events = EventStream.events(this.client, "Are you there?");
		JsonNode takeover = events.get(0).data();
		assertThat(events.get(0).event()).isEqualTo("switch");
		assertThat(takeover.path("from").asText()).isEqualTo("premium");
		assertThat(takeover.path("to").asText()).isEqualTo("budget");
		assertThat(takeover.path("reason").asText()).isEqualTo("TIMED_OUT");
		assertThat(takeover.path("discardPrevious").asBoolean(true)).isFalse();
		assertThat(names(events.subList(1, events.size() - 1))).containsOnly("delta");
		assertThat(text(events)).startsWith("You asked: “Are you there?”").endsWith(".");
		expectBudget(events);
	}

	@Test
	void goesOnWithAnotherModelWhereTheAnswerFellSilent() {
		String healthy = text(EventStream.events(this.client, "Are you there?"));
		this.chaos.set("premium", "hang-mid-stream");
		List<ServerSentEvent<JsonNode>> events = EventStream.events(this.client, "Are you there?");
		assertThat(text(events)).isEqualTo(healthy);
		int takeover = names(events).indexOf("switch");
		assertThat(text(events.subList(0, takeover))).isNotEmpty();
		assertThat(events.get(takeover).data().path("reason").asText()).isEqualTo("TIMED_OUT");
		assertThat(events.get(takeover).data().path("discardPrevious").asBoolean(true)).isFalse();
		expectBudget(events);
	}

	private static void expectBudget(List<ServerSentEvent<JsonNode>> events) {
		JsonNode done = events.get(events.size() - 1).data();
		assertThat(done.path("endpoint").asText()).isEqualTo("budget");
		assertThat(done.path("degraded").asBoolean()).isTrue();
		assertThat(done.path("attempts")).hasSize(2);
	}

	private Reply ask() {
		return this.client.post()
			.uri("/api/chat")
			.bodyValue(Map.of("message", "Are you there?"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Reply.class)
			.returnResult()
			.getResponseBody();
	}

}
