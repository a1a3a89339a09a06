// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.embeddings;

import java.io.InputStream;
import java.util.Set;

import io.github.fallbackai.gateway.face.Face;
import io.github.fallbackai.gateway.face.FaceCall;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiError;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;

/**
 * OpenAI's embeddings: see
 * <a href="https://platform.openai.com/docs/api-reference/embeddings">the API
 * reference</a>.
 */
public final class EmbeddingsFace implements Face {

	/** Where requests are posted. */
	public static final String PATH = "/embeddings";

	private final EmbeddingDecoder decoder;

	/**
	 * Creates the protocol.
	 * @param passThrough undocumented parameters to pass on
	 */
	public EmbeddingsFace(Set<String> passThrough) {
		this.decoder = new EmbeddingDecoder(passThrough);
	}

	@Override
	public String path() {
		return PATH;
	}

	@Override
	public Mono<? extends FaceCall> decode(InputStream body, HttpHeaders headers, String client) {
		return Mono.just(this.decoder.decode(GatewayJson.read(body)));
	}

	@Override
	public byte[] error(GatewayError error) {
		return GatewayJson.write(OpenAiError.json(error));
	}

}
