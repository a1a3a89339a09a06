// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * Estimates how many tokens a request has. It is called before the request is sent if a
 * decision depends on the number, or afterwards if the endpoint has a price and the
 * provider reported nothing. It is called at most once per endpoint and call, on threads
 * that must not block. Implementations are safe for use by several threads.
 */
@FunctionalInterface
public interface TokenEstimator {

	/**
	 * The estimate that needs no tokenizer: a token for every 5 characters, and 2 for
	 * every 3 characters of scripts without an alphabet such as Chinese, Japanese and
	 * Korean; 85 for an image; 4 for a message. The estimate is rather too low than too
	 * high. If it is too low, the endpoint refuses at once and the call asks another. If
	 * it is too high, the call skips an endpoint that could have answered.
	 */
	TokenEstimator ROUGH = (request, endpoint) -> RoughTokenCount.of(request, endpoint.modelGroup());

	/**
	 * Estimates the tokens that go in: messages, tools and the schema of the answer.
	 * @param request what is asked
	 * @param endpoint the endpoint that would be asked
	 * @return number of tokens, not negative
	 */
	long inputTokens(ChatRequest request, Endpoint endpoint);

}
