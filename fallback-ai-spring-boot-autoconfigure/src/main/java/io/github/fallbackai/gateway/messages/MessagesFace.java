// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.io.InputStream;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.ErrorResponse;
import io.github.fallbackai.gateway.face.Face;
import io.github.fallbackai.gateway.face.FaceCall;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * Anthropic's Messages API.
 */
public final class MessagesFace implements Face {

	/** Where requests are posted. */
	public static final String PATH = "/messages";

	/** The kind of provider that speaks this API. */
	public static final String PROVIDER = BlockState.ANTHROPIC;

	/** The header with the id of a request. */
	static final String REQUEST_ID = "request-id";

	private final MessagesDecoder decoder;

	private final Set<String> own;

	/**
	 * Creates the protocol.
	 * @param own names of the endpoints that speak this API
	 * @param toolsLeftOut whether tools that only these have are left out elsewhere
	 */
	public MessagesFace(Set<String> own, boolean toolsLeftOut) {
		this.own = Set.copyOf(own);
		this.decoder = new MessagesDecoder(toolsLeftOut);
	}

	@Override
	public String path() {
		return PATH;
	}

	@Override
	public Mono<? extends FaceCall> decode(InputStream body, HttpHeaders headers, String client) {
		return Mono.just(new MessagesCall(this.decoder.decode(GatewayJson.read(body), headers, true), this.own, false));
	}

	@Override
	public ApiKind own() {
		return ApiKind.ANTHROPIC;
	}

	@Override
	public byte[] error(GatewayError error) {
		return answer(error).body();
	}

	@Override
	public ErrorResponse respond(GatewayError error) {
		return answer(error);
	}

	@Override
	public @Nullable ErrorResponse quote(GatewayError error, int status, String body) {
		return AnthropicError.quote(error, status, body);
	}

	/** Whether a client expects answers in Anthropic's shape. */
	public static boolean speaks(HttpHeaders headers) {
		return headers.getFirst("anthropic-version") != null || headers.getFirst("x-api-key") != null;
	}

	/** An error in Anthropic's shape. */
	public static ErrorResponse answer(GatewayError error) {
		String requestId = MessageJson.newId("req_");
		return new ErrorResponse(AnthropicError.status(error), Map.of(REQUEST_ID, requestId),
				GatewayJson.write(AnthropicError.json(error, requestId)));
	}

}
