// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.budget.PeriodSpending;
import io.github.fallbackai.budget.Places;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import org.jspecify.annotations.Nullable;

/**
 * The present usage of a client, and its limits. What has no limit is not counted.
 * Instances may share the counts. Safe for use by several threads.
 */
final class ClientAccount {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final GatewayClient client;

	private final @Nullable PeriodSpending cost;

	private final @Nullable PeriodSpending tokens;

	private final @Nullable PeriodSpending requests;

	private final @Nullable Places places;

	ClientAccount(GatewayClient client, Clock clock) {
		this.client = client;
		this.cost = (client.maxCostPerDay().signum() > 0) ? new PeriodSpending(subject("cost"), DAY, clock) : null;
		this.tokens = (client.maxTokensPerMinute() > 0) ? new PeriodSpending(subject("tokens"), MINUTE, clock) : null;
		this.requests = (client.maxRequestsPerMinute() > 0) ? new PeriodSpending(subject("requests"), MINUTE, clock)
				: null;
		this.places = (client.maxConcurrentCalls() > 0)
				? new Places(subject("calls"), client.maxConcurrentCalls(), System::nanoTime) : null;
	}

	/** Fingerprints of endpoints are numbers, so that no endpoint has such an id. */
	private EndpointId subject(String what) {
		return new EndpointId("gateway." + URLEncoder.encode(this.client.name(), StandardCharsets.UTF_8), what);
	}

	GatewayClient client() {
		return this.client;
	}

	/** An attempt for the client ended. */
	void spend(Attempt attempt) {
		if (this.cost != null && attempt.cost() != null) {
			this.cost.add(attempt.cost().amount());
		}
		if (this.tokens != null) {
			this.tokens.add(BigDecimal.valueOf(attempt.tokens()));
		}
	}

	/** What instances may share: amounts of periods. */
	List<PeriodSpending> spending() {
		List<PeriodSpending> all = new ArrayList<>();
		for (PeriodSpending each : new PeriodSpending[] { this.cost, this.tokens, this.requests }) {
			if (each != null) {
				all.add(each);
			}
		}
		return all;
	}

	/** What instances may share: places for calls. */
	List<Places> places() {
		return (this.places != null) ? List.of(this.places) : List.of();
	}

	/**
	 * Begins a call, before anything of it is read.
	 * @return ends the call; to be run once
	 * @throws RejectedRequestException if it is one too many
	 */
	Runnable admit() {
		if (this.cost != null && this.cost.spent().compareTo(this.client.maxCostPerDay()) >= 0) {
			throw refused("insufficient_quota", "This client has spent what it may spend in a day.",
					this.cost.remaining());
		}
		int tokens = this.client.maxTokensPerMinute();
		if (this.tokens != null && this.tokens.spent().compareTo(BigDecimal.valueOf(tokens)) >= 0) {
			throw refused("tokens_per_minute_exceeded",
					"This client has used as many tokens in this minute as it may: " + tokens + ".",
					this.tokens.remaining());
		}
		if (this.places != null && !this.places.tryTake()) {
			throw refused("concurrent_calls_exceeded",
					"This client has as many calls under way as it may: " + this.client.maxConcurrentCalls() + ".",
					Duration.ofSeconds(1));
		}
		countRequest();
		return (this.places != null) ? this.places::free : () -> {
		};
	}

	private void countRequest() {
		int most = this.client.maxRequestsPerMinute();
		if (this.requests != null && !this.requests.tryAdd(BigDecimal.ONE, BigDecimal.valueOf(most))) {
			if (this.places != null) {
				this.places.free();
			}
			throw refused("requests_per_minute_exceeded",
					"This client has sent as many requests in this minute as it may: " + most + ".",
					this.requests.remaining());
		}
	}

	private static RejectedRequestException refused(String code, String message, Duration retryAfter) {
		return new RejectedRequestException(
				new GatewayError(429, GatewayError.RATE_LIMIT, code, null, message, retryAfter));
	}

}
