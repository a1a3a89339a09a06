// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.net.URI;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ExtraParameters;
import io.github.fallbackai.client.http.provider.OperationUrl;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.embedding.EmbeddingDialect;
import io.github.fallbackai.client.http.provider.embedding.VectorReader;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.embedding.Embeddings;

/**
 * OpenAI's embeddings, and the many servers with the same format: see
 * <a href="https://platform.openai.com/docs/api-reference/embeddings">the API
 * reference</a>. OpenAI and Azure are asked for Base64, as their own SDKs do, because it
 * is a quarter of the size. Other servers need not know it.
 */
final class OpenAiEmbeddings extends EmbeddingDialect {

	static final String OPERATION = "/embeddings";

	private static final String CHAT = "/chat/completions";

	private static final int MOST_OF_GOOGLE = 100;

	private final Function<EndpointRequest, URI> operation;

	OpenAiEmbeddings(Dialect chat, Function<EndpointRequest, URI> operation) {
		super(chat.provider(), chat.defaultUrl(), chat.authentication(), new VectorReader("data", "embedding"));
		this.operation = operation;
	}

	/** Below the base URL, also if the URL is that of chat completions. */
	static URI below(EndpointRequest request) {
		URI url = request.endpoint().url();
		String path = OperationUrl.path(url);
		if (path.endsWith(OPERATION)) {
			return url;
		}
		return path.endsWith(CHAT)
				? OperationUrl.replacePath(url, path.substring(0, path.length() - CHAT.length()) + OPERATION)
				: OperationUrl.append(url, OPERATION);
	}

	/** Google's servers with this format have the limit of Google's own. */
	@Override
	public int mostTexts(Endpoint endpoint) {
		String host = endpoint.url().getHost();
		return (host != null && host.endsWith(".googleapis.com")) ? MOST_OF_GOOGLE : super.mostTexts(endpoint);
	}

	@Override
	protected URI operation(EndpointRequest request) {
		return this.operation.apply(request);
	}

	@Override
	protected ObjectNode body(EndpointRequest request) {
		ObjectNode body = ProviderJson.MAPPER.createObjectNode().put("model", request.endpoint().model());
		ArrayNode input = body.putArray("input");
		texts(request).forEach(input::add);
		Integer dimensions = dimensions(request);
		if (dimensions != null) {
			body.put(Embeddings.DIMENSIONS, dimensions);
		}
		if (knowsBase64(request)) {
			body.put("encoding_format", "base64");
		}
		ExtraParameters.add(request, body);
		return body;
	}

	private static boolean knowsBase64(EndpointRequest request) {
		String host = request.endpoint().url().getHost();
		return host != null && (host.endsWith(".openai.com") || host.endsWith(".openai.azure.com"));
	}

}
