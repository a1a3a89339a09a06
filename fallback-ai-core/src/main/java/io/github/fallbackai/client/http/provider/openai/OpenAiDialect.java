package io.github.fallbackai.client.http.provider.openai;

import java.net.URI;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.OperationUrl;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.RequestHeaders;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;

/**
 * OpenAI's chat completions, and the many servers with the same format: see
 * <a href="https://platform.openai.com/docs/api-reference/chat">the API reference</a>.
 */
public final class OpenAiDialect implements Dialect {

	/** The provider's name in configuration and for {@code ChatRequest.extras}. */
	public static final String PROVIDER = "openai";

	/** OpenAI's own base URL. */
	public static final URI DEFAULT_URL = URI.create("https://api.openai.com/v1");

	private static final String OPERATION = "/chat/completions";

	@Override
	public String provider() {
		return PROVIDER;
	}

	@Override
	public URI defaultUrl() {
		return DEFAULT_URL;
	}

	@Override
	public Authentication authentication() {
		return Authentication.BEARER;
	}

	@Override
	public Set<String> essentialParameters() {
		return RequestEncoder.ESSENTIAL;
	}

	@Override
	public WireRequest encode(EndpointRequest request) {
		Endpoint endpoint = request.endpoint();
		return new WireRequest(operation(endpoint.url()), RequestHeaders.of(request, authentication()),
				ProviderJson.write(RequestEncoder.encode(request, maxTokensName(endpoint.url()))),
				endpoint.limits().connect());
	}

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return new ChunkStreamDecoder(head);
	}

	@Override
	public List<EndpointEvent> decodeUnary(ResponseHead head, byte[] body) {
		JsonNode json = ProviderJson.readAnswer(body);
		if (json == null) {
			throw new EndpointException(ErrorReport.of(head, body).as(FailureKind.INVALID_RESPONSE));
		}
		return new AnswerDecoder(head).decodeWhole(json);
	}

	@Override
	public Failure classify(ResponseHead head, byte[] body) {
		return ErrorClassifier.classify(ErrorReport.of(head, body));
	}

	/** The operation's path is added unless the URL has it already. */
	private static URI operation(URI url) {
		return OperationUrl.path(url).endsWith(OPERATION) ? url : OperationUrl.append(url, OPERATION);
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
