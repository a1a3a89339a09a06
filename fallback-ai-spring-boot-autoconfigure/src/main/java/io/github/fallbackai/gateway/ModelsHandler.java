package io.github.fallbackai.gateway;

import java.time.Instant;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers {@code GET /models}: what a client may name as a model.
 */
final class ModelsHandler {

	private final ModelNames models;

	private final ClientDirectory clients;

	private final long created = Instant.now().getEpochSecond();

	ModelsHandler(ModelNames models, ClientDirectory clients) {
		this.models = models;
		this.clients = clients;
	}

	Mono<ServerResponse> list(ServerRequest request) {
		return answer(request, (client) -> {
			ObjectNode list = GatewayJson.object().put("object", "list");
			ArrayNode data = list.putArray("data");
			this.models.all(client).forEach((name) -> data.add(model(name)));
			return list;
		});
	}

	Mono<ServerResponse> one(ServerRequest request) {
		// The captured text begins with a slash, and names may have slashes.
		String name = request.pathVariable("model").substring(1);
		return answer(request, (client) -> {
			this.models.find(name, client);
			return model(name);
		});
	}

	private ObjectNode model(String name) {
		return GatewayJson.object()
			.put("id", name)
			.put("object", "model")
			.put("created", this.created)
			.put("owned_by", "fallback-ai");
	}

	private Mono<ServerResponse> answer(ServerRequest request, Function<GatewayClient, ObjectNode> json) {
		return Mono.defer(() -> {
			ClientAccount account = this.clients.sender(request.headers().asHttpHeaders());
			return ServerResponse.ok()
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(GatewayJson.write(json.apply(account.client())));
		}).onErrorResume(RejectedRequestException.class, (rejected) -> ErrorAnswer.respond(rejected.error()));
	}

}
