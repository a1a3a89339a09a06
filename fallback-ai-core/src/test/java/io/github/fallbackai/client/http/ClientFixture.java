// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.RawServer.Peer;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.suite.Patience;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the tests of {@link HttpEndpointClient} share.
 */
final class ClientFixture {

	static final Duration LONG = Duration.ofSeconds(60);

	private ClientFixture() {
	}

	static EndpointBuilder endpoint(URI uri) {
		return Endpoint.named("primary")
			.url(uri)
			.model("model-a")
			.apiKey(ApiKey.of("sk-secret"))
			.limits(Patience.LIMITS);
	}

	static Flux<EndpointEvent> exchange(EndpointClient client, Endpoint endpoint) {
		return client.exchange(new EndpointRequest(endpoint,
				ChatRequest.builder().user("Hi").temperature(0.5).maxTokens(9).seed(1L).build(), true));
	}

	/** The events of an answer, which is complete. */
	static List<EndpointEvent> answer(EndpointClient client, Endpoint endpoint) {
		List<EndpointEvent> events = exchange(client, endpoint).collectList().block(LONG);
		assertThat(events).isNotNull().anyMatch(EndpointEvent.Finished.class::isInstance);
		return events;
	}

	static Failure failure(EndpointClient client, Endpoint endpoint) {
		return catchThrowableOfType(EndpointException.class, () -> exchange(client, endpoint).blockLast(LONG))
			.failure();
	}

	static void respondWithAnswer(Peer peer) throws IOException {
		peer.respond("200 OK", "application/json",
				new String(Fixtures.bytes("openai/answers/text.json"), StandardCharsets.UTF_8));
	}

	static void respondWithError(Peer peer, int status, String code, String parameter) throws IOException {
		peer.respond(status + " Error", "application/json",
				"{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"param\":\"" + parameter
						+ "\",\"code\":\"" + code + "\"}}");
	}

	/** The bodies of all requests to a server, in order. */
	static List<String> bodies(RawServer server) {
		return server.peers().stream().flatMap((peer) -> peer.bodies().stream()).toList();
	}

	/** The keys of all requests to a server, in order. */
	static List<String> keys(RawServer server) {
		return server.peers()
			.stream()
			.flatMap((peer) -> peer.requests().stream())
			.flatMap(String::lines)
			.filter((line) -> line.toLowerCase().startsWith("authorization: bearer "))
			.map((line) -> line.substring("authorization: bearer ".length()))
			.toList();
	}

}
