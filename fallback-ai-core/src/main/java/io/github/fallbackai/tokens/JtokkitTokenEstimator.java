// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tokens;

import java.util.Optional;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.RequestTexts;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * Counts the tokens of text like OpenAI's models, and roughly estimates those of all
 * other models. Images count as in {@link TokenEstimator#ROUGH}. An encoding is loaded
 * when it is first needed, which takes some hundred milliseconds. Safe for use by several
 * threads.
 */
public final class JtokkitTokenEstimator implements TokenEstimator {

	/**
	 * Tokens around a message, as OpenAI's cookbook on counting tokens gives them.
	 */
	private static final int TOKENS_PER_MESSAGE = 3;

	private static final int TOKENS_PER_IMAGE = 85;

	private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();

	@Override
	public long inputTokens(ChatRequest request, Endpoint endpoint) {
		Optional<Encoding> encoding = this.encodings.getEncodingForModel(endpoint.model());
		if (encoding.isEmpty()) {
			return TokenEstimator.ROUGH.inputTokens(request, endpoint);
		}
		long[] tokens = { 0 };
		int images = RequestTexts.visit(request, endpoint.modelGroup(),
				(text) -> tokens[0] += encoding.get().countTokensOrdinary(text));
		return tokens[0] + (long) images * TOKENS_PER_IMAGE + (long) request.messages().size() * TOKENS_PER_MESSAGE;
	}

}
