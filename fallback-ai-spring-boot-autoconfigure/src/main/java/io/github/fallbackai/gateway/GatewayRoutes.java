// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.completions.CompletionsFace;
import io.github.fallbackai.gateway.embeddings.EmbeddingsFace;
import io.github.fallbackai.gateway.face.Face;
import io.github.fallbackai.gateway.messages.CountFace;
import io.github.fallbackai.gateway.messages.MessagesFace;
import io.github.fallbackai.gateway.responses.HostedTools;
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
		return of(operations, chains, clients, settings, TokenEstimator.ROUGH);
	}

	/**
	 * Makes routes for a reactive web application.
	 * @param operations answers the requests
	 * @param chains all chains that it has, the default one first
	 * @param clients the clients that may use the gateway
	 * @param settings how it behaves
	 * @param estimator estimates the tokens of a request if only these are asked for
	 * @return the routes
	 */
	public static RouterFunction<ServerResponse> of(AiFallbackOperations operations, List<Chain> chains,
			ClientDirectory clients, GatewaySettings settings, TokenEstimator estimator) {
		return of(operations, chains, clients, settings, estimator, InstanceMemory.of(settings.responses()));
	}

	/**
	 * Makes routes for a reactive web application.
	 * @param operations answers the requests
	 * @param chains all chains that it has, the default one first
	 * @param clients the clients that may use the gateway
	 * @param settings how it behaves
	 * @param estimator estimates the tokens of a request if only these are asked for
	 * @param memory keeps responses
	 * @return the routes
	 */
	public static RouterFunction<ServerResponse> of(AiFallbackOperations operations, List<Chain> chains,
			ClientDirectory clients, GatewaySettings settings, TokenEstimator estimator, ResponseMemory memory) {
		ModelNames names = new ModelNames(chains);
		FaceHandler handler = new FaceHandler(operations, names, clients, settings, estimator);
		ModelsHandler models = new ModelsHandler(names, clients);
		String base = settings.basePath();
		RouterFunctions.Builder routes = RouterFunctions.route();
		List<Face> faces = new ArrayList<>(faces(settings, memory));
		faces.add(new MessagesFace(anthropicEndpoints(chains),
				settings.responses().hostedTools() == HostedTools.LEAVE_OUT));
		faces.add(new CountFace());
		for (Face face : faces) {
			routes.HEAD(base + face.path(), models::probe);
			routes.POST(base + face.path(), (request) -> handler.handle(face, request));
		}
		routes.HEAD(base + GatewayPaths.MODELS, models::probe);
		routes.HEAD(base + GatewayPaths.MODEL, models::probe);
		StoredResponsesHandler stored = new StoredResponsesHandler(memory, clients, handler.room());
		return routes.GET(base + GatewayPaths.RESPONSE, stored::find)
			.DELETE(base + GatewayPaths.RESPONSE, stored::delete)
			.GET(base + GatewayPaths.INPUT_ITEMS, stored::inputItems)
			.GET(base + GatewayPaths.MODELS, models::list)
			.GET(base + GatewayPaths.MODEL, models::one)
			.build();
	}

	private static List<Face> faces(GatewaySettings settings, ResponseMemory memory) {
		return List.of(new CompletionsFace(settings.passThrough()),
				new ResponsesFace(settings.responses(), settings.passThrough(), memory),
				new EmbeddingsFace(settings.passThrough()));
	}

	private static Set<String> anthropicEndpoints(List<Chain> chains) {
		return chains.stream()
			.flatMap((chain) -> chain.endpoints().stream())
			.filter((endpoint) -> MessagesFace.PROVIDER.equals(endpoint.provider()))
			.map(Endpoint::name)
			.collect(Collectors.toUnmodifiableSet());
	}

}
