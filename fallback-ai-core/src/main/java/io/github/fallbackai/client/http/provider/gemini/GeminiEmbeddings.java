// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.net.URI;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.OperationUrl;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.embedding.EmbeddingDialect;
import io.github.fallbackai.client.http.provider.embedding.VectorReader;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * Google's {@code batchEmbedContents}: see
 * <a href="https://ai.google.dev/api/embeddings">the API reference</a>. A caller's
 * parameters, such as {@code taskType}, go to each text. Vertex AI has another format,
 * which is not supported.
 */
final class GeminiEmbeddings extends EmbeddingDialect {

	private static final String OPERATION = ":batchEmbedContents";

	private static final int MOST_TEXTS = 100;

	GeminiEmbeddings(Dialect chat) {
		super(chat.provider(), chat.defaultUrl(), chat.authentication(), new VectorReader("embeddings", "values"));
	}

	/** It says so when it refuses more: "at most 100 requests can be in one batch". */
	@Override
	public int mostTexts(Endpoint endpoint) {
		return MOST_TEXTS;
	}

	@Override
	protected URI operation(EndpointRequest request) {
		URI url = request.endpoint().url();
		String path = OperationUrl.path(url);
		int method = path.lastIndexOf(':');
		String model = (method > path.lastIndexOf('/')) ? path.substring(0, method)
				: path + "/" + OperationUrl.encode(model(request));
		return OperationUrl.replacePath(url, model + OPERATION);
	}

	/** Names of tuned models contain their own path. */
	private static String model(EndpointRequest request) {
		String model = request.endpoint().model();
		return model.contains("/") ? model : "models/" + model;
	}

	@Override
	protected ObjectNode body(EndpointRequest request) {
		ObjectNode body = ProviderJson.MAPPER.createObjectNode();
		ArrayNode requests = body.putArray("requests");
		Integer dimensions = dimensions(request);
		for (String text : texts(request)) {
			ObjectNode one = requests.addObject().put("model", model(request));
			one.putObject("content").putArray("parts").addObject().put("text", text);
			if (dimensions != null) {
				one.put("outputDimensionality", dimensions);
			}
			request.chat()
				.extras(request.endpoint().provider())
				.forEach((name, value) -> one.set(name, ProviderJson.MAPPER.valueToTree(value)));
		}
		return body;
	}

}
