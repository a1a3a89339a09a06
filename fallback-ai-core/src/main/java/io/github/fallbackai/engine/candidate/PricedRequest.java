// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * The request of a call, and its estimated cost at each endpoint. Tokens are estimated
 * only when they are needed, once per endpoint. Safe for use by several threads.
 */
public final class PricedRequest {

	/** The expected length of an answer if the request does not limit it. */
	static final int TYPICAL_OUTPUT_TOKENS = 1000;

	private final ChatRequest request;

	private final TokenEstimator estimator;

	private final long outputTokens;

	private final Map<Endpoint, Long> inputTokens = new ConcurrentHashMap<>(2);

	public PricedRequest(ChatRequest request, TokenEstimator estimator) {
		this.request = request;
		this.estimator = estimator;
		this.outputTokens = (request.maxTokens() != null) ? request.maxTokens() : TYPICAL_OUTPUT_TOKENS;
	}

	/**
	 * A request without special wishes: a short question, whose answer may have any
	 * length.
	 */
	public static PricedRequest neutral() {
		return new PricedRequest(ChatRequest.of("hello"), TokenEstimator.ROUGH);
	}

	public ChatRequest request() {
		return this.request;
	}

	/** How urgent it is. */
	public Load load() {
		return this.request.options().load();
	}

	public long inputTokens(Endpoint endpoint) {
		return this.inputTokens.computeIfAbsent(endpoint, this::estimate);
	}

	private long estimate(Endpoint endpoint) {
		try {
			return this.estimator.inputTokens(this.request, endpoint);
		}
		catch (RuntimeException | LinkageError ex) {
			// An estimator of the application that fails must not fail the call.
			return TokenEstimator.ROUGH.inputTokens(this.request, endpoint);
		}
	}

	/** The most tokens that the answer may have, or else the typical number. */
	long outputTokens() {
		return this.outputTokens;
	}

	/** Why the endpoint is too expensive for the caller, {@code null} if it is not. */
	@Nullable SkipReason obstacle(Endpoint endpoint) {
		BigDecimal maxCost = this.request.options().maxCost();
		if (maxCost == null) {
			return null;
		}
		Price price = endpoint.price();
		if (price == null) {
			return SkipReason.PRICE_UNKNOWN;
		}
		BigDecimal expected = price.of(inputTokens(endpoint), 0, this.outputTokens);
		return (expected.compareTo(maxCost) > 0) ? SkipReason.TOO_EXPENSIVE : null;
	}

}
