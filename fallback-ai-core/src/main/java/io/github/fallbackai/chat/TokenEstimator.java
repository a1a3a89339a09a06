package io.github.fallbackai.chat;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * Tells about how many tokens a request has: before it is sent, if something depends on
 * it, or after it if its endpoint has a price and its provider reported nothing. Called
 * at most once per endpoint and call, on threads that must not block. Implementations are
 * safe for use by several threads.
 */
@FunctionalInterface
public interface TokenEstimator {

	/**
	 * The estimate that needs no tokenizer: a token for every 5 characters, and 2 for
	 * every 3 characters of scripts without an alphabet such as Chinese, Japanese and
	 * Korean; 85 for an image; 4 for a message. Rather too low than too high, since an
	 * endpoint that is asked in vain refuses at once, while one that is skipped in vain
	 * is lost.
	 */
	TokenEstimator ROUGH = new CharacterCount();

	/**
	 * Estimates the tokens that go in: messages, tools and the schema of the answer.
	 * @param request what is asked
	 * @param endpoint who would be asked
	 * @return number of tokens, not negative
	 */
	long inputTokens(ChatRequest request, Endpoint endpoint);

}
