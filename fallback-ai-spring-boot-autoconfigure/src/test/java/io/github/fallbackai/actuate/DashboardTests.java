// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;

import io.github.fallbackai.EndpointControl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = ManagementEndpointTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.state-store.type=memory", "fallback.ai.state-store.instance-id=pod-7",
				"fallback.ai.dashboard.enabled=true", "fallback.ai.drill.enabled=true",
				"management.endpoints.web.exposure.include=fallbackai,fallbackaidashboard" })
@DirtiesContext
@Tag("slow")
class DashboardTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	@LocalServerPort
	private int port;

	@Autowired
	private EndpointControl control;

	@ParameterizedTest
	@CsvSource({ "'', text/html, Content-Security-Policy", "/dashboard.js, text/javascript, import",
			"/dashboard.css, text/css, color-scheme", "/icon.svg, image/svg+xml, <svg",
			"/feed.js, text/javascript, Feed", "/card.js, text/javascript, Card", "/chart.js, text/javascript, Chart",
			"/dom.js, text/javascript, element", "/timeline.js, text/javascript, Timeline" })
	void servesItsFiles(String file, String type, String content) {
		client().get()
			.uri("/actuator/fallbackaidashboard" + file)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.parseMediaType(type))
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains(content));
	}

	@ParameterizedTest
	@CsvSource({ "dashboard.html", "nothing.js", "..%2Fdashboard.html", "..%2F..%2FFallbackAiEndpoint.class" })
	void servesNoOthers(String file) {
		client().get()
			.uri(URI.create("http://localhost:" + this.port + "/actuator/fallbackaidashboard/" + file))
			.exchange()
			.expectStatus()
			.is4xxClientError()
			.expectBody()
			.returnResult();
	}

	@Test
	void offersNoOperationsUnlessTheyArePermitted() {
		client().get()
			.uri("/actuator/fallbackaidashboard/access")
			.exchange()
			.expectBody()
			.json("{\"operations\":false,\"drills\":false}");
	}

	@Test
	void streamsWhatHappens() {
		Flux<ServerSentEvent<String>> stream = client().get()
			.uri("/actuator/fallbackai/events")
			.accept(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(EVENT)
			.getResponseBody();
		StepVerifier.create(stream).expectNextMatches(named("events")).consumeNextWith((event) -> {
			assertThat(event.event()).isEqualTo("status");
			assertThat(event.data()).contains("\"instance\":\"pod-7\"", "\"active\":\"primary\"");
		})
			.then(() -> this.control.disable("primary", Duration.ofMinutes(5), "exercise").block(PATIENCE))
			.consumeNextWith((event) -> {
				assertThat(event.event()).isEqualTo("event");
				assertThat(event.data()).contains("\"type\":\"disable\"", "\"length\":\"PT5M\"", "exercise");
			})
			.expectNextMatches(
					(event) -> named("status").test(event) && event.data().contains("\"skipReason\":\"DISABLED\""))
			.thenCancel()
			.verify(PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "*/*" })
	void stillHasTheEventsAsJsonAndNoStreamOfAnEndpoint(String accepted) {
		client().get()
			.uri("/actuator/fallbackai/events")
			.accept(MediaType.parseMediaType(accepted))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.events")
			.isArray();
		client().get()
			.uri("/actuator/fallbackai/primary")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.returnResult();
	}

	private static Predicate<ServerSentEvent<String>> named(String name) {
		return (event) -> name.equals(event.event());
	}

	private WebTestClient client() {
		return WebTestClient.bindToServer().baseUrl("http://localhost:" + this.port).responseTimeout(PATIENCE).build();
	}

}
