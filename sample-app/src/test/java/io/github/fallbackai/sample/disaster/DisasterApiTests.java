// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.disaster;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.sample.Chaos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ShortStoryTest
@Tag("slow")
class DisasterApiTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENT = new ParameterizedTypeReference<>() {
	};

	@Autowired
	private WebTestClient client;

	@Autowired
	private Chaos chaos;

	@BeforeEach
	@AfterEach
	void heal() {
		this.chaos.end();
	}

	@Test
	void breaksTheFirstProviderStepByStepAndHealsIt() {
		Flux<String> modes = events(begin()).takeUntil((event) -> event.event().equals("done"))
			.map((event) -> event.data().path("mode").asText("end"))
			.doOnNext((mode) -> {
				if (!mode.equals("end")) {
					assertThat(this.chaos.provider("premium")).containsEntry("mode", mode);
				}
			});
		assertThat(modes.collectList().block(PATIENCE)).containsExactly("healthy", "429", "500", "hang", "healthy",
				"end");
		assertThat(this.chaos.provider("premium")).containsEntry("mode", "healthy");
	}

	@Test
	void healsTheProviderWhenItsViewerGoesAwayAndHasOneViewerAtATime() {
		events(begin()).filter((event) -> event.data().path("mode").asText().equals("429"))
			.doOnNext((event) -> begin().expectStatus()
				.isEqualTo(HttpStatus.CONFLICT)
				.expectBody()
				.jsonPath("$.error")
				.isEqualTo("Somebody else is watching the disaster just now. Try again in a minute."))
			.blockFirst(PATIENCE);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.chaos.provider("premium")).containsEntry("mode", "healthy"));
		await().atMost(PATIENCE)
			.untilAsserted(() -> begin().expectStatus().isOk().returnResult(EVENT).getResponseBody().blockFirst());
	}

	@Test
	void thePlainChatAnswersWhenAllIsWell() {
		List<ServerSentEvent<JsonNode>> events = plain("Briefly: who are you?");
		assertThat(String.join("", events.stream().map((event) -> event.data().path("text").asText()).toList()))
			.isEqualTo("You asked: “Briefly: who are you?”. In short: when a provider fails, the next one answers.");
		assertThat(events.get(events.size() - 1).event()).isEqualTo("done");
	}

	@Test
	void refusesWhatIsNoQuestion() {
		this.client.post().uri("/api/disaster/plain").bodyValue(Map.of()).exchange().expectStatus().isBadRequest();
	}

	private ResponseSpec begin() {
		return this.client.post()
			.uri("/api/disaster")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{}")
			.exchange();
	}

	private List<ServerSentEvent<JsonNode>> plain(String message) {
		return events(this.client.post()
			.uri("/api/disaster/plain")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(Map.of("message", message))
			.exchange()).collectList().block(PATIENCE);
	}

	private static Flux<ServerSentEvent<JsonNode>> events(ResponseSpec response) {
		return response.expectStatus()
			.isOk()
			.returnResult(EVENT)
			.getResponseBody()
			.publishOn(Schedulers.boundedElastic());
	}

}
