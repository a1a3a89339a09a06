// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;

import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.RoughTokenCount;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.ReplaySafety;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The cost of one attempt. It is exact if the answer is complete and the provider
 * reported its tokens. It is zero if the request was never sent, or was refused.
 * Otherwise it is estimated, because a provider may charge for work that it began. The
 * same holds for its tokens.
 */
final class Bill {

	private final Endpoint endpoint;

	private final PricedRequest request;

	private final Continuation continuation;

	private final Reservation reservation;

	private volatile boolean sent;

	Bill(Endpoint endpoint, PricedRequest request, Continuation continuation, Reservation reservation) {
		this.endpoint = endpoint;
		this.request = request;
		this.continuation = continuation;
		this.reservation = reservation;
	}

	/** The request leaves now. */
	void sent() {
		this.sent = true;
	}

	boolean wasSent() {
		return this.sent;
	}

	/** Replaces the reserved amount by the amount that was spent. */
	void settle(@Nullable Cost cost) {
		this.reservation.settle((cost != null) ? cost.amount() : BigDecimal.ZERO);
	}

	/** What the attempt cost so far, {@code null} without a price. */
	@Nullable Cost cost(Answer answer, @Nullable Failure failure) {
		Price price = this.endpoint.price();
		if (price == null) {
			return null;
		}
		Usage usage = answer.usage();
		if (isExact(answer)) {
			return new Cost(amount(price, usage, input(answer), output(answer)), false);
		}
		return isNothing(answer, failure) ? Cost.NOTHING
				: new Cost(amount(price, usage, input(answer), output(answer)), true);
	}

	/**
	 * The tokens of the attempt so far: reported, estimated, or none. A request has none
	 * if the endpoint did not accept it, or accepted it and then failed without a word:
	 * an outage must not use up a caller's limit.
	 */
	long tokens(Answer answer, @Nullable Failure failure) {
		boolean failed = !answer.accepted() || (failure != null && failure.countsAgainstBreaker());
		boolean none = failed && answer.usage() == null && answer.roughTokens() == 0;
		return (none || (!isExact(answer) && isNothing(answer, failure))) ? 0
				: new Usage(input(answer), output(answer), null, null, null).totalTokens();
	}

	private static boolean isExact(Answer answer) {
		return answer.usage() != null && answer.finished() != null;
	}

	private boolean isNothing(Answer answer, @Nullable Failure failure) {
		return !this.sent || (answer.usage() == null && failure != null
				&& failure.replaySafety() != ReplaySafety.MAYBE_PROCESSED);
	}

	private long input(Answer answer) {
		Usage usage = answer.usage();
		return (usage != null) ? usage.inputTokens() : inputTokens();
	}

	private static long output(Answer answer) {
		Usage usage = answer.usage();
		long reported = (usage != null) ? usage.outputTokens() : 0;
		return isExact(answer) ? reported : Math.max(reported, answer.roughTokens());
	}

	private long inputTokens() {
		RoughTokenCount delivered = new RoughTokenCount();
		delivered.add(this.continuation.delivered());
		return this.request.inputTokens(this.endpoint) + delivered.tokens();
	}

	private static BigDecimal amount(Price price, @Nullable Usage usage, long input, long output) {
		long cached = (usage != null) ? orZero(usage.cachedInputTokens()) : 0;
		long written = (usage != null) ? orZero(usage.cacheWriteTokens()) : 0;
		return price.of(input, cached, written, output);
	}

	private static long orZero(@Nullable Long tokens) {
		return (tokens != null) ? tokens : 0;
	}

}
