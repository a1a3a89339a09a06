// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;

import io.github.fallbackai.gateway.completions.CompletionsFace;
import io.github.fallbackai.gateway.embeddings.EmbeddingsFace;
import io.github.fallbackai.gateway.messages.CountFace;
import io.github.fallbackai.gateway.messages.MessagesFace;
import io.github.fallbackai.gateway.responses.ResponsesFace;

import org.springframework.http.HttpMethod;

/**
 * The paths of the gateway, below its own.
 */
final class GatewayPaths {

	static final String MODELS = "/models";

	static final String MODEL = MODELS + "/{*model}";

	static final String RESPONSE = ResponsesFace.PATH + "/{response}";

	static final String INPUT_ITEMS = RESPONSE + "/input_items";

	static final List<GatewayPath> ALL = List.of(new GatewayPath(HttpMethod.POST, CompletionsFace.PATH),
			new GatewayPath(HttpMethod.POST, ResponsesFace.PATH), new GatewayPath(HttpMethod.GET, RESPONSE),
			new GatewayPath(HttpMethod.DELETE, RESPONSE), new GatewayPath(HttpMethod.POST, EmbeddingsFace.PATH),
			new GatewayPath(HttpMethod.POST, MessagesFace.PATH), new GatewayPath(HttpMethod.POST, CountFace.PATH),
			new GatewayPath(HttpMethod.GET, MODELS), new GatewayPath(HttpMethod.GET, MODEL),
			new GatewayPath(HttpMethod.GET, INPUT_ITEMS));

	private GatewayPaths() {
	}

	/**
	 * One of them.
	 *
	 * @param method the method that it takes
	 * @param pattern the path, possibly with variables
	 */
	record GatewayPath(HttpMethod method, String pattern) {

	}

}
