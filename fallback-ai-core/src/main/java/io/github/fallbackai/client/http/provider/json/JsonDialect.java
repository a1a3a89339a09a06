// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.NamedDialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.RequestHeaders;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A dialect whose requests and answers are JSON.
 */
public abstract class JsonDialect extends NamedDialect {

	/**
	 * Creates a dialect.
	 * @param provider the provider's name
	 * @param defaultUrl the provider's base URL, {@code null} if it has no common one
	 * @param authentication how the provider expects its key
	 */
	protected JsonDialect(String provider, @Nullable URI defaultUrl, Authentication authentication) {
		super(provider, defaultUrl, authentication);
	}

	@Override
	public final WireRequest encode(EndpointRequest request) {
		return new WireRequest(operation(request), headers(request), ProviderJson.write(body(request)),
				request.endpoint().limits().connect());
	}

	/**
	 * Where a request goes.
	 * @param request the request
	 */
	protected abstract URI operation(EndpointRequest request);

	/**
	 * The headers of a request.
	 * @param request the request
	 * @return a map that may be changed
	 */
	protected Map<String, String> headers(EndpointRequest request) {
		return RequestHeaders.of(request, authentication());
	}

	/**
	 * The body of a request.
	 * @param request the request
	 * @return the body, not shared with anything
	 */
	protected abstract ObjectNode body(EndpointRequest request);

	/**
	 * Starts to read an answer.
	 * @param head status and headers of the answer
	 * @return a decoder for this answer only
	 */
	protected abstract JsonAnswerDecoder decoder(ResponseHead head);

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return new JsonStreamDecoder(head, decoder(head));
	}

	@Override
	public final List<EndpointEvent> decodeUnary(ResponseHead head, byte[] body) {
		JsonNode json = ProviderJson.readAnswer(body);
		if (json == null) {
			throw new EndpointException(ErrorReport.of(head, body).as(FailureKind.INVALID_RESPONSE));
		}
		return decoder(head).decodeWhole(json);
	}

}
