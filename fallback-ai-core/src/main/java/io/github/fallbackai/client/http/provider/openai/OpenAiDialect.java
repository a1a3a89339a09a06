// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions, and the many servers with the same format: see
 * <a href="https://platform.openai.com/docs/api-reference/chat">the API reference</a>.
 */
public final class OpenAiDialect extends JsonDialect {

	/** The provider's name in configuration and for {@code ChatRequest.extras}. */
	public static final String PROVIDER = "openai";

	/** OpenAI's own base URL. */
	public static final URI DEFAULT_URL = URI.create("https://api.openai.com/v1");

	private static final String OPERATION = "/chat/completions";

	/** By base URL, of which there are as many as endpoints. */
	private final Map<URI, URI> operations = new ConcurrentHashMap<>();

	private final Dialect embeddings = new OpenAiEmbeddings(this, OpenAiEmbeddings::below);

	/** Creates the dialect. */
	public OpenAiDialect() {
		super(PROVIDER, DEFAULT_URL, Authentication.BEARER);
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
		return RequestEncoder.encode(request, maxTokensName(request.endpoint().url()));
	}

	@Override
	protected JsonAnswerDecoder decoder(ResponseHead head) {
		return new AnswerDecoder(head);
	}

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return new ChunkStreamDecoder(head);
	}

	/** The operation's path is added unless the URL has it already. */
	@Override
	protected URI operation(EndpointRequest request) {
		return this.operations.computeIfAbsent(request.endpoint().url(),
				(url) -> OperationUrl.path(url).endsWith(OPERATION) ? url : OperationUrl.append(url, OPERATION));
	}

	/**
	 * OpenAI's reasoning models refuse the old name. Most compatible servers know only
	 * the old name.
	 */
	private static String maxTokensName(URI url) {
		String host = url.getHost();
		return (host != null && host.endsWith(".openai.com")) ? "max_completion_tokens" : "max_tokens";
	}

}
