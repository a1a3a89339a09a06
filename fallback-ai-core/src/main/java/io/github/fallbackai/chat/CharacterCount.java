// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * Estimates tokens from numbers of characters; see {@link TokenEstimator#ROUGH}.
 */
final class CharacterCount implements TokenEstimator {

	private static final int TOKENS_PER_IMAGE = 85;

	private static final int TOKENS_PER_MESSAGE = 4;

	@Override
	public long inputTokens(ChatRequest request, Endpoint endpoint) {
		RoughTokenCount count = new RoughTokenCount();
		int images = RequestTexts.visit(request, endpoint.modelGroup(), count::add);
		return count.tokens() + (long) images * TOKENS_PER_IMAGE
				+ (long) request.messages().size() * TOKENS_PER_MESSAGE;
	}

}
