// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.Decoding;
import io.github.fallbackai.gateway.intake.RefusedBodyException;
import io.github.fallbackai.gateway.intake.Room;
import io.github.fallbackai.gateway.intake.Seat;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.responses.ResponseMemory;
import io.github.fallbackai.gateway.responses.StoredResponse;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers {@code GET} and {@code DELETE /responses/{id}}: what is stored for a client.
 */
final class StoredResponsesHandler {

	/** For how long a large response waits for a thread that reads it. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ResponseMemory memory;

	private final ClientDirectory clients;

	private final Room room;

	StoredResponsesHandler(ResponseMemory memory, ClientDirectory clients, Room room) {
		this.memory = memory;
		this.clients = clients;
		this.room = room;
	}

	Mono<ServerResponse> find(ServerRequest request) {
		boolean streamed = request.queryParam("stream").filter("true"::equals).isPresent()
				|| request.queryParam("starting_after").isPresent();
		return answer(request, (client, seat) -> streamed ? Mono.error(noStream())
				: read(client, request, seat, StoredResponse::body));
	}

	private static RejectedRequestException noStream() {
		return new RejectedRequestException(GatewayError.invalid("unsupported_parameter", "stream",
				"'stream' is not supported here: a stored response comes in one piece."));
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		return answer(request, (client, seat) -> this.memory.remove(client, id(request))
			.map((response) -> GatewayJson
				.write(GatewayJson.object().put("id", response.id()).put("object", "response").put("deleted", true))));
	}

	/** The items that a response had before it. */
	Mono<ServerResponse> inputItems(ServerRequest request) {
		InputItemsPage page = new InputItemsPage(request.queryParams());
		return answer(request, (client, seat) -> read(client, request, seat, page::of));
	}

	/** A request of a few bytes may ask for very much. */
	private Mono<byte[]> read(String client, ServerRequest request, Seat seat, Function<StoredResponse, String> json) {
		return this.memory.find(client, id(request)).flatMap((response) -> {
			seat.takeRecalled(response.size());
			return Decoding.work(response.size(), PATIENCE,
					() -> json.apply(response).getBytes(StandardCharsets.UTF_8));
		});
	}

	private static String id(ServerRequest request) {
		return request.pathVariable("response");
	}

	/** The seat is taken until the client has the answer, or has left. */
	private Mono<ServerResponse> answer(ServerRequest request, BiFunction<String, Seat, Mono<byte[]>> json) {
		return ServerResponse.ok().build((exchange, context) -> {
			ServerHttpResponse response = exchange.getResponse();
			return Mono.defer(() -> {
				String client = this.clients.sender(request.headers().asHttpHeaders()).client().name();
				return Mono.using(() -> this.room.seat(client),
						(seat) -> json.apply(client, seat)
							.switchIfEmpty(Mono.error(StoredResponsesHandler::unknown))
							.flatMap((bytes) -> ErrorAnswer.write(bytes, response)),
						Seat::close);
			})
				.onErrorMap(RefusedBodyException.class, RequestBody::rejected)
				.onErrorResume(RejectedRequestException.class, (rejected) -> response.isCommitted()
						? Mono.error(rejected) : ErrorAnswer.write(rejected.error(), HttpHeaders.EMPTY, response));
		});
	}

	private static RejectedRequestException unknown() {
		return new RejectedRequestException(
				GatewayError.invalid("response_not_found", "response_id", "The response is not stored here.")
					.status(404));
	}

}
