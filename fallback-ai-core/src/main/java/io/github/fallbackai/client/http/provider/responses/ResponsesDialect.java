// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.net.URI;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.provider.json.JsonAnswerDecoder;
import io.github.fallbackai.client.http.provider.json.JsonDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses API: see
 * <a href="https://platform.openai.com/docs/api-reference/responses">the API
 * reference</a>. It is used without its memory: every request holds the whole
 * conversation, and what the model thought comes back to it encrypted.
 */
public final class ResponsesDialect extends JsonDialect {

	/** Name of the option of an Azure endpoint that names the deployment. */
	private static final String DEPLOYMENT = "deployment";

	private final boolean azure;

	/** The body that was sent, {@code null} if that is not known. */
	private final byte @Nullable [] asked;

	private ResponsesDialect(String provider, @Nullable URI defaultUrl, Authentication authentication, boolean azure,
			byte @Nullable [] asked) {
		super(provider, defaultUrl, authentication);
		this.azure = azure;
		this.asked = asked;
	}

	/** The API as OpenAI and compatible servers have it. */
	public static ResponsesDialect openAi() {
		return new ResponsesDialect("openai", URI.create("https://api.openai.com/v1"), Authentication.BEARER, false,
				null);
	}

	/**
	 * The API as Azure has it, in the version without {@code api-version}. The deployment
	 * is the model.
	 */
	public static ResponsesDialect azure() {
		return new ResponsesDialect("azure-openai", null, Authentication.header("api-key"), true, null);
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
	protected URI operation(EndpointRequest request) {
		URI url = request.endpoint().url();
		return this.azure ? ResponsesUrl.azure(url) : ResponsesUrl.openAi(url);
	}

	@Override
	protected ObjectNode body(EndpointRequest request) {
		Endpoint endpoint = request.endpoint();
		String model = this.azure ? endpoint.options().getOrDefault(DEPLOYMENT, endpoint.model()) : endpoint.model();
		return RequestEncoder.encode(request, model);
	}

	@Override
	public Dialect answering(byte[] request) {
		return new ResponsesDialect(provider(), defaultUrl(), authentication(), this.azure, request);
	}

	@Override
	protected JsonAnswerDecoder decoder(ResponseHead head) {
		return new ResponseDecoder(head, new ClientTools(this.asked));
	}

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return new ResponseStreamDecoder(head, decoder(head));
	}

}
