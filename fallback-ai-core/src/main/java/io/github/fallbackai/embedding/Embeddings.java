// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.embedding;

import java.util.List;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.chat.ResponseFormat;

/**
 * Turns a request for embeddings into a call like any other, whose answer is the vectors
 * as text, and back. So limits, breakers, retries, hedges, budgets and metrics hold for
 * it as for the others.
 */
public final class Embeddings {

	/**
	 * In the place of a provider's name: parameters that a dialect has to translate.
	 */
	public static final String PARAMETERS = "embeddings";

	/** Length of the vectors, one of the {@link #PARAMETERS}. */
	public static final String DIMENSIONS = "dimensions";

	private Embeddings() {
	}

	/**
	 * The call for a request. An answer with too few or too many vectors, or vectors of
	 * another length, is refused, and the next endpoint is asked.
	 * @param request the request
	 * @return the call
	 */
	public static ChatRequest ask(EmbeddingRequest request) {
		ChatRequestBuilder call = ChatRequest.builder().responseFormat(ResponseFormat.VECTORS);
		request.inputs().forEach(call::user);
		if (request.dimensions() != null) {
			call.extra(PARAMETERS, DIMENSIONS, request.dimensions());
		}
		request.extras()
			.forEach((provider, parameters) -> parameters.forEach((name, value) -> call.extra(provider, name, value)));
		return call.target(request.target()).options(options(request)).build();
	}

	private static ChatOptions options(EmbeddingRequest request) {
		ChatOptions options = request.options();
		boolean forbidden = options.fallbackScope() == FallbackScope.NONE;
		return options.withFallbackScope(forbidden ? FallbackScope.NONE : FallbackScope.SAME_MODEL)
			.withAccept((response) -> fits(request, response));
	}

	private static boolean fits(EmbeddingRequest request, ChatResponse response) {
		List<float[]> vectors = Vectors.read(response.text());
		if (vectors == null || vectors.size() != request.inputs().size()) {
			return false;
		}
		int length = (request.dimensions() != null) ? request.dimensions() : vectors.get(0).length;
		return vectors.stream().allMatch((vector) -> vector.length == length);
	}

	/**
	 * What a call answered.
	 * @param response the answer to such a call
	 * @return the vectors
	 * @throws IllegalArgumentException if the answer has none
	 */
	public static EmbeddingResponse of(ChatResponse response) {
		List<float[]> vectors = Vectors.read(response.text());
		if (vectors == null) {
			throw new IllegalArgumentException("response: no vectors");
		}
		return new EmbeddingResponse(vectors, response);
	}

}
