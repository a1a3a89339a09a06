// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.io.InputStream;
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
 * Anthropic's API that counts the tokens of a request: see
 * <a href="https://docs.anthropic.com/en/api/messages-count-tokens">count tokens</a>.
 */
public final class CountFace implements Face {

	/** Where requests are posted. */
	public static final String PATH = MessagesFace.PATH + "/count_tokens";

	private final MessagesDecoder decoder = new MessagesDecoder(true);

	@Override
	public String path() {
		return PATH;
	}

	@Override
	public Mono<? extends FaceCall> decode(InputStream body, HttpHeaders headers, String client) {
		return Mono.just(new MessagesCall(this.decoder.decode(GatewayJson.read(body), headers, false), Set.of(), true));
	}

	@Override
	public ApiKind own() {
		return ApiKind.ANTHROPIC;
	}

	@Override
	public byte[] error(GatewayError error) {
		return respond(error).body();
	}

	@Override
	public @Nullable ErrorResponse quote(GatewayError error, int status, String body) {
		return AnthropicError.quote(error, status, body);
	}

	@Override
	public ErrorResponse respond(GatewayError error) {
		return MessagesFace.answer(error);
	}

}
