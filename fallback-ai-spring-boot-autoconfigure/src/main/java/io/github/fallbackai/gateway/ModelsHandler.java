// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.time.Instant;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.messages.MessagesFace;
import io.github.fallbackai.gateway.messages.ModelList;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers {@code GET /models}: what a client may name as a model, in the shape of the API
 * that the client speaks.
 */
final class ModelsHandler {

	private final ModelNames models;

	private final ClientDirectory clients;

	private final Instant started = Instant.now();

	ModelsHandler(ModelNames models, ClientDirectory clients) {
		this.models = models;
		this.clients = clients;
	}

	Mono<ServerResponse> list(ServerRequest request) {
		if (speaksAnthropic(request)) {
			return answer(request, (client) -> ModelList.all(this.models.all(client), this.started));
		}
		return answer(request, (client) -> {
			ObjectNode list = GatewayJson.object().put("object", "list");
			ArrayNode data = list.putArray("data");
			this.models.all(client).forEach((name) -> data.add(model(name)));
			return list;
		});
	}

	/** Answers {@code HEAD}, with which clients try whether the gateway is there. */
	Mono<ServerResponse> probe(ServerRequest request) {
		return Mono.defer(() -> {
			this.clients.sender(request.headers().asHttpHeaders());
			return ServerResponse.ok().build();
		})
			.onErrorResume(RejectedRequestException.class,
					(rejected) -> ServerResponse.status(rejected.error().status()).build());
	}

	Mono<ServerResponse> one(ServerRequest request) {
		// The captured text begins with a slash, and names may have slashes.
		String name = request.pathVariable("model").substring(1);
		return answer(request, (client) -> {
			this.models.find(name, client);
			return speaksAnthropic(request) ? ModelList.one(name, this.started) : model(name);
		});
	}

	private static boolean speaksAnthropic(ServerRequest request) {
		return MessagesFace.speaks(request.headers().asHttpHeaders());
	}

	private ObjectNode model(String name) {
		return GatewayJson.object()
			.put("id", name)
			.put("object", "model")
			.put("created", this.started.getEpochSecond())
			.put("owned_by", "fallback-ai");
	}

	private Mono<ServerResponse> answer(ServerRequest request, Function<GatewayClient, ObjectNode> json) {
		return Mono.defer(() -> {
			ClientAccount account = this.clients.sender(request.headers().asHttpHeaders());
			return ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(GatewayJson.write(json.apply(account.client())));
		})
			.onErrorResume(RejectedRequestException.class,
					(rejected) -> ErrorAnswer.respond(rejected.error(), request.headers().asHttpHeaders()));
	}

}
