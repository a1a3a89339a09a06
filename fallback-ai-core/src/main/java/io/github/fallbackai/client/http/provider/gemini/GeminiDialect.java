// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.net.URI;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.OperationUrl;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.provider.json.JsonDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Google's Gemini API, {@code generateContent} and {@code streamGenerateContent}: see
 * <a href="https://ai.google.dev/api/generate-content">the API reference</a>. The key is
 * sent in a header, never in the URL. With {@code auth: bearer} and a URL that ends with
 * {@code /publishers/google}, the same format works with Vertex AI.
 *
 * <p>
 * A URL may end with {@code /models/...} and the name of either method; the one that fits
 * the request is used. A seed beyond 32 bits is folded. System messages are joined into
 * the system instruction, wherever they stand.
 */
public final class GeminiDialect extends JsonDialect {

	/** The provider's name in configuration and for {@code ChatRequest.extras}. */
	public static final String PROVIDER = "gemini";

	/** Google's own base URL. */
	public static final URI DEFAULT_URL = URI.create("https://generativelanguage.googleapis.com/v1beta");

	private static final String UNARY = ":generateContent";

	private static final String STREAM = ":streamGenerateContent";

	private final Dialect embeddings = new GeminiEmbeddings(this);

	/** Creates the dialect. */
	public GeminiDialect() {
		super(PROVIDER, DEFAULT_URL, Authentication.header("x-goog-api-key"));
	}

	@Override
	public Dialect embeddings() {
		return this.embeddings;
	}

	@Override
	public Set<String> essentialParameters() {
		return RequestEncoder.ESSENTIAL;
	}

	@Override
	public @Nullable String unsupported(ChatRequest request) {
		return RequestEncoder.unsupported(request);
	}

	@Override
	protected ObjectNode body(EndpointRequest request) {
		return RequestEncoder.encode(request);
	}

	@Override
	protected JsonAnswerDecoder decoder(ResponseHead head) {
		return new ResponseDecoder(head);
	}

	@Override
	protected URI operation(EndpointRequest request) {
		Endpoint endpoint = request.endpoint();
		String path = OperationUrl.path(endpoint.url());
		if (path.endsWith(UNARY) || path.endsWith(STREAM)) {
			path = path.substring(0, path.lastIndexOf(':'));
		}
		else {
			// Names of tuned models contain their own path.
			String model = endpoint.model().contains("/") ? endpoint.model() : "models/" + endpoint.model();
			path = path + "/" + OperationUrl.encode(model);
		}
		URI operation = OperationUrl.replacePath(endpoint.url(), path + (request.streaming() ? STREAM : UNARY));
		// Without this a stream is one long JSON array.
		return request.streaming() ? OperationUrl.withParameter(operation, "alt", "sse") : operation;
	}

}
