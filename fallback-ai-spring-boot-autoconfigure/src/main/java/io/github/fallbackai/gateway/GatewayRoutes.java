package io.github.fallbackai.gateway;

import java.util.List;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.gateway.completions.CompletionsFace;
import io.github.fallbackai.gateway.embeddings.EmbeddingsFace;
import io.github.fallbackai.gateway.face.Face;
import io.github.fallbackai.gateway.responses.InstanceMemory;
import io.github.fallbackai.gateway.responses.ResponseMemory;
import io.github.fallbackai.gateway.responses.ResponsesFace;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The paths of the gateway.
 */
public final class GatewayRoutes {

	private GatewayRoutes() {
	}

	/**
	 * Makes routes for a reactive web application.
	 * @param operations answers the requests
	 * @param chains all chains that it has, the default one first
	 * @param clients the clients that may use the gateway
	 * @param settings how it behaves
	 * @return the routes
	 */
	public static RouterFunction<ServerResponse> of(AiFallbackOperations operations, List<Chain> chains,
			ClientDirectory clients, GatewaySettings settings) {
		ModelNames names = new ModelNames(chains);
		FaceHandler handler = new FaceHandler(operations, names, clients, settings);
		ModelsHandler models = new ModelsHandler(names, clients);
		String base = settings.basePath();
		RouterFunctions.Builder routes = RouterFunctions.route();
		ResponseMemory memory = InstanceMemory.of(settings.responses());
		for (Face face : faces(settings, memory)) {
			routes.POST(base + face.path(), (request) -> handler.handle(face, request));
		}
		StoredResponsesHandler stored = new StoredResponsesHandler(memory, clients);
		return routes.GET(base + GatewayPaths.RESPONSE, stored::find)
			.DELETE(base + GatewayPaths.RESPONSE, stored::delete)
			.GET(base + GatewayPaths.MODELS, models::list)
			.GET(base + GatewayPaths.MODEL, models::one)
			.build();
	}

	private static List<Face> faces(GatewaySettings settings, ResponseMemory memory) {
		return List.of(new CompletionsFace(settings.passThrough()),
				new ResponsesFace(settings.responses(), settings.passThrough(), memory),
				new EmbeddingsFace(settings.passThrough()));
	}

}
