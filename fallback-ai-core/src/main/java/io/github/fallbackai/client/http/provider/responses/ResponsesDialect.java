package io.github.fallbackai.client.http.provider.responses;

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
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.RequestHeaders;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses API: see
 * <a href="https://platform.openai.com/docs/api-reference/responses">the API
 * reference</a>. It is used without its memory: every request holds the whole
 * conversation, and what the model thought comes back to it encrypted.
 */
public final class ResponsesDialect implements Dialect {

	/** Name of the option of an Azure endpoint that names the deployment. */
	private static final String DEPLOYMENT = "deployment";

	private final String provider;

	private final @Nullable URI defaultUrl;

	private final Authentication authentication;

	private final boolean azure;

	private ResponsesDialect(String provider, @Nullable URI defaultUrl, Authentication authentication, boolean azure) {
		this.provider = provider;
		this.defaultUrl = defaultUrl;
		this.authentication = authentication;
		this.azure = azure;
	}

	/** The API as OpenAI and compatible servers have it. */
	public static ResponsesDialect openAi() {
		return new ResponsesDialect("openai", URI.create("https://api.openai.com/v1"), Authentication.BEARER, false);
	}

	/**
	 * The API as Azure has it, in the version without {@code api-version}. The deployment
	 * is the model.
	 */
	public static ResponsesDialect azure() {
		return new ResponsesDialect("azure-openai", null, Authentication.header("api-key"), true);
	}

	@Override
	public String provider() {
		return this.provider;
	}

	@Override
	public @Nullable URI defaultUrl() {
		return this.defaultUrl;
	}

	@Override
	public Authentication authentication() {
		return this.authentication;
	}

	@Override
	public Set<String> essentialParameters() {
		return RequestEncoder.ESSENTIAL;
	}

	@Override
	public String parameter(String name) {
		return ParameterNames.of(name);
	}

	@Override
	public WireRequest encode(EndpointRequest request) {
		Endpoint endpoint = request.endpoint();
		URI operation = this.azure ? ResponsesUrl.azure(endpoint.url()) : ResponsesUrl.openAi(endpoint.url());
		String model = this.azure ? endpoint.options().getOrDefault(DEPLOYMENT, endpoint.model()) : endpoint.model();
		return new WireRequest(operation, RequestHeaders.of(request, this.authentication),
				ProviderJson.write(RequestEncoder.encode(request, model)), endpoint.limits().connect());
	}

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return new ResponseStreamDecoder(head);
	}

	@Override
	public List<EndpointEvent> decodeUnary(ResponseHead head, byte[] body) {
		JsonNode json = ProviderJson.readAnswer(body);
		if (json == null) {
			throw new EndpointException(ErrorReport.of(head, body).as(FailureKind.INVALID_RESPONSE));
		}
		return new ResponseDecoder(head).decodeWhole(json);
	}

	@Override
	public Failure classify(ResponseHead head, byte[] body) {
		return ErrorClassifier.classify(ErrorReport.of(head, body));
	}

}
