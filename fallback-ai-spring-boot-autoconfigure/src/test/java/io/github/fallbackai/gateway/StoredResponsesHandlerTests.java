// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.gateway.intake.RefusedBodyException;
import io.github.fallbackai.gateway.intake.Room;
import io.github.fallbackai.gateway.intake.Seat;
import io.github.fallbackai.gateway.responses.ResponseMemory;
import io.github.fallbackai.gateway.responses.StoredResponse;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stored responses take of the memory that all requests share.
 */
class StoredResponsesHandlerTests {

	private static final StoredResponse RESPONSE = new StoredResponse("resp_1", "[]", "x".repeat(10_000));

	private final Room room = Room.ofHeap();

	private final StoredResponsesHandler handler = new StoredResponsesHandler(new OneResponse(),
			ClientDirectory.builder()
				.client(new GatewayClient("one", Set.of(), 0, BigDecimal.ZERO), ApiKey.of("key"))
				.build(),
			this.room);

	@Test
	void areTakenUntilTheClientHasReadThem() {
		Seat others = fillUpTo(RESPONSE.size() + 1000);
		MockServerWebExchange slow = exchange(HttpMethod.GET);
		slow.getResponse().setWriteHandler((body) -> Mono.never());
		Disposable reading = answer(this.handler.find(request(slow)), slow).subscribe();
		assertThat(status(HttpMethod.GET)).isEqualTo(429);
		reading.dispose();
		assertThat(status(HttpMethod.GET)).isEqualTo(200);
		assertThat(status(HttpMethod.GET)).isEqualTo(200);
		others.close();
	}

	/** It would be deleted and the client would not learn of it. */
	@Test
	void areDeletedWhateverMemoryThereIs() {
		Seat others = fillUpTo(RESPONSE.size() - 1000);
		assertThat(status(HttpMethod.GET)).isEqualTo(429);
		assertThat(status(HttpMethod.DELETE)).isEqualTo(200);
		others.close();
	}

	/** Takes all that the client may have but some bytes. */
	private Seat fillUpTo(long left) {
		Seat kept = this.room.seat("one");
		kept.takeRecalled(left);
		Seat others = this.room.seat("one");
		for (long more = Long.highestOneBit(Runtime.getRuntime().maxMemory()); more > 0; more /= 2) {
			try {
				others.takeRecalled(more);
			}
			catch (RefusedBodyException ex) {
				// Half of it may still fit.
			}
		}
		kept.close();
		return others;
	}

	private int status(HttpMethod method) {
		MockServerWebExchange exchange = exchange(method);
		ServerRequest request = request(exchange);
		answer((method == HttpMethod.GET) ? this.handler.find(request) : this.handler.delete(request), exchange)
			.block();
		return exchange.getResponse().getStatusCode().value();
	}

	private static MockServerWebExchange exchange(HttpMethod method) {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.method(method, "/responses/resp_1").header("Authorization", "Bearer key"));
		exchange.getAttributes().put(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("response", "resp_1"));
		return exchange;
	}

	private static ServerRequest request(MockServerWebExchange exchange) {
		return ServerRequest.create(exchange, List.<HttpMessageReader<?>>of());
	}

	private static Mono<Void> answer(Mono<ServerResponse> response, MockServerWebExchange exchange) {
		return response.flatMap((answer) -> answer.writeTo(exchange, new NoContext()));
	}

	/**
	 * Responses are written without writers and views.
	 */
	private static final class NoContext implements ServerResponse.Context {

		@Override
		public List<HttpMessageWriter<?>> messageWriters() {
			return List.of();
		}

		@Override
		public List<ViewResolver> viewResolvers() {
			return List.of();
		}

	}

	/**
	 * Has one response, for ever.
	 */
	private static final class OneResponse implements ResponseMemory {

		@Override
		public void keep(String client, StoredResponse response) {
		}

		@Override
		public Mono<StoredResponse> find(String client, String id) {
			return Mono.just(RESPONSE);
		}

		@Override
		public Mono<StoredResponse> remove(String client, String id) {
			return Mono.just(RESPONSE);
		}

	}

}
