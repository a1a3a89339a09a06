// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/**
 * Asks for the events of an answer and reads them.
 */
final class EventStream {

	static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENT = new ParameterizedTypeReference<>() {
	};

	private EventStream() {
	}

	static ResponseSpec ask(WebTestClient client, String message) {
		return client.post()
			.uri("/api/chat/stream")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.bodyValue(Map.of("message", message))
			.exchange();
	}

	/** Asks and waits for all events. Comments of silent streams are none. */
	static List<ServerSentEvent<JsonNode>> events(WebTestClient client, String message) {
		return ask(client, message).expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(EVENT)
			.getResponseBody()
			.filter((event) -> event.event() != null)
			.collectList()
			.block();
	}

	static List<String> names(List<ServerSentEvent<JsonNode>> events) {
		return events.stream().map(ServerSentEvent::event).toList();
	}

	static String text(List<ServerSentEvent<JsonNode>> events) {
		return String.join("", events.stream().map((event) -> event.data().path("text").asText()).toList());
	}

}
