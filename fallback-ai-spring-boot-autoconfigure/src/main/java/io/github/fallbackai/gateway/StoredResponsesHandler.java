// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.responses.ResponseMemory;
import io.github.fallbackai.gateway.responses.StoredResponse;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers {@code GET} and {@code DELETE /responses/{id}}: what is stored for a client.
 */
final class StoredResponsesHandler {

	private final ResponseMemory memory;

	private final ClientDirectory clients;

	StoredResponsesHandler(ResponseMemory memory, ClientDirectory clients) {
		this.memory = memory;
		this.clients = clients;
	}

	Mono<ServerResponse> find(ServerRequest request) {
		boolean streamed = request.queryParam("stream").filter("true"::equals).isPresent()
				|| request.queryParam("starting_after").isPresent();
		return answer(request, streamed ? (client, id) -> Mono.error(noStream()) : this.memory::find,
				StoredResponse::body);
	}

	private static RejectedRequestException noStream() {
		return new RejectedRequestException(GatewayError.invalid("unsupported_parameter", "stream",
				"'stream' is not supported here: a stored response comes in one piece."));
	}

	Mono<ServerResponse> delete(ServerRequest request) {
		return answer(request, this.memory::remove, (response) -> GatewayJson
			.text(GatewayJson.object().put("id", response.id()).put("object", "response").put("deleted", true)));
	}

	/** The items that a response had before it. */
	Mono<ServerResponse> inputItems(ServerRequest request) {
		InputItemsPage page = new InputItemsPage(request.queryParams());
		return answer(request, this.memory::find, page::of);
	}

	private Mono<ServerResponse> answer(ServerRequest request, BiFunction<String, String, Mono<StoredResponse>> look,
			Function<StoredResponse, String> json) {
		return Mono.defer(() -> {
			String client = this.clients.sender(request.headers().asHttpHeaders()).client().name();
			return look.apply(client, request.pathVariable("response"));
		})
			.switchIfEmpty(Mono.error(StoredResponsesHandler::unknown))
			.flatMap((response) -> ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(json.apply(response).getBytes(StandardCharsets.UTF_8)))
			.onErrorResume(RejectedRequestException.class,
					(rejected) -> ErrorAnswer.respond(rejected.error(), HttpHeaders.EMPTY));
	}

	private static RejectedRequestException unknown() {
		return new RejectedRequestException(
				GatewayError.invalid("response_not_found", "response_id", "The response is not stored here.")
					.status(404));
	}

}
