// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.io.InputStream;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.Face;
import io.github.fallbackai.gateway.face.FaceCall;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiError;
import io.github.fallbackai.gateway.json.RequestField;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * OpenAI's responses.
 */
public final class ResponsesFace implements Face {

	/** Where requests are posted. */
	public static final String PATH = "/responses";

	private final RequestDecoder decoder;

	private final ResponseMemory memory;

	/**
	 * Creates the protocol.
	 * @param settings how it behaves
	 * @param passThrough undocumented parameters to pass on
	 * @param memory keeps responses
	 */
	public ResponsesFace(ResponsesSettings settings, Set<String> passThrough, ResponseMemory memory) {
		this.decoder = new RequestDecoder(settings.hostedTools(), passThrough, memory);
		this.memory = memory;
	}

	@Override
	public String path() {
		return PATH;
	}

	@Override
	public Mono<? extends FaceCall> decode(InputStream body, HttpHeaders headers, String client) {
		RequestField request = GatewayJson.read(body);
		return Recollection.of(request, client, this.memory, (known) -> this.decoder.decode(request, known, client));
	}

	/** The conversation has another name here. */
	@Override
	public byte[] error(GatewayError error) {
		ObjectNode json = OpenAiError.json(error);
		if ("messages".equals(error.param())) {
			json.withObject("/error").put("param", "input");
		}
		return GatewayJson.write(json);
	}

}
