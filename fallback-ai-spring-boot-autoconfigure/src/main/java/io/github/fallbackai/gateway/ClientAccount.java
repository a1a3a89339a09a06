package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;

/**
 * The present usage of a client, and its limits. Safe for use by several threads.
 */
final class ClientAccount {

	private final GatewayClient client;

	private final DailyLedger ledger;

	private final AtomicInteger calls = new AtomicInteger();

	ClientAccount(GatewayClient client, Clock clock) {
		this.client = client;
		this.ledger = new DailyLedger(clock);
	}

	GatewayClient client() {
		return this.client;
	}

	/** An attempt for the client cost something. */
	void spend(BigDecimal amount) {
		this.ledger.add(amount);
	}

	/**
	 * Begins a call, before anything of it is read.
	 * @return ends the call; to be run once
	 * @throws RejectedRequestException if it is one too many
	 */
	Runnable admit() {
		BigDecimal most = this.client.maxCostPerDay();
		if (most.signum() > 0 && this.ledger.spent().compareTo(most) >= 0) {
			throw refused("insufficient_quota", "This client has spent what it may spend in a day.",
					this.ledger.remaining());
		}
		int limit = this.client.maxConcurrentCalls();
		int running = this.calls.incrementAndGet();
		if (limit > 0 && running > limit) {
			this.calls.decrementAndGet();
			throw refused("concurrent_calls_exceeded",
					"This client has as many calls under way as it may: " + limit + ".", Duration.ofSeconds(1));
		}
		return this.calls::decrementAndGet;
	}

	private static RejectedRequestException refused(String code, String message, Duration retryAfter) {
		return new RejectedRequestException(
				new GatewayError(429, GatewayError.RATE_LIMIT, code, null, message, retryAfter));
	}

}
