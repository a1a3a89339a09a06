// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.net.URI;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.OperationUrl;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.provider.json.JsonDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions as Azure serves them: see
 * <a href="https://learn.microsoft.com/azure/ai-services/openai/reference">the REST API
 * reference</a>. An endpoint's URL is that of the resource, for example
 * {@code https://my-resource.openai.azure.com}; there is no common one. A URL that ends
 * with {@code /openai/v1} means the version of the API without deployments in the path
 * and without {@code api-version}.
 *
 * <p>
 * Options of an endpoint: {@value #DEPLOYMENT}, by default the model, and
 * {@value #API_VERSION}, by default {@value #DEFAULT_API_VERSION}. Versions before
 * {@code 2024-09-01-preview} do not know {@code max_completion_tokens}.
 */
public final class AzureOpenAiDialect extends JsonDialect {

	/** The provider's name in configuration and for {@code ChatRequest.extras}. */
	public static final String PROVIDER = "azure-openai";

	/** Name of the option that names the deployment. */
	public static final String DEPLOYMENT = "deployment";

	/** Name of the option that names the version of the API. */
	public static final String API_VERSION = "api-version";

	/** The version of the API unless an endpoint names another; generally available. */
	public static final String DEFAULT_API_VERSION = "2024-10-21";

	private static final String OPERATION = "/chat/completions";

	private static final String UNVERSIONED = "/openai/v1";

	private final Dialect embeddings = new OpenAiEmbeddings(this,
			(request) -> operation(request.endpoint(), OpenAiEmbeddings.OPERATION));

	/** Creates the dialect. */
	public AzureOpenAiDialect() {
		super(PROVIDER, null, Authentication.header("api-key"));
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
		return RequestEncoder.encode(request, "max_completion_tokens");
	}

	@Override
	protected JsonAnswerDecoder decoder(ResponseHead head) {
		return new AnswerDecoder(head);
	}

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return new ChunkStreamDecoder(head);
	}

	@Override
	protected URI operation(EndpointRequest request) {
		return operation(request.endpoint(), OPERATION);
	}

	private static URI operation(Endpoint endpoint, String name) {
		String path = OperationUrl.path(endpoint.url());
		if (path.endsWith(UNVERSIONED)) {
			return OperationUrl.append(endpoint.url(), name);
		}
		URI operation = endpoint.url();
		if (path.endsWith(OPERATION)) {
			operation = OperationUrl.replacePath(operation,
					path.substring(0, path.length() - OPERATION.length()) + name);
		}
		else if (!path.endsWith(name)) {
			String deployment = endpoint.options().getOrDefault(DEPLOYMENT, endpoint.model());
			String base = path.endsWith("/openai") ? "" : "/openai";
			operation = OperationUrl.append(operation, base + "/deployments/" + OperationUrl.encode(deployment) + name);
		}
		if (path.contains(UNVERSIONED + "/")) {
			return operation;
		}
		String version = endpoint.options().getOrDefault(API_VERSION, DEFAULT_API_VERSION);
		return OperationUrl.withParameter(operation, API_VERSION, OperationUrl.encode(version));
	}

}
