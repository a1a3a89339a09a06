// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import java.time.Duration;

import io.github.fallbackai.endpoint.Bounds;
import io.github.fallbackai.failure.Failure;

/**
 * How long an endpoint or an account cools down after a failure that says "not now".
 * Every cool-down is made longer by a random part, at most 10 % and 1 s, so that
 * instances do not all return at the same time. Zero means no cool-down.
 *
 * @param rateLimited after the first rate limit that does not say how long to wait;
 * doubles with each further one up to 60 s
 * @param quota after an exhausted quota
 * @param authentication after a refused key
 * @param permission after a missing permission
 * @param modelUnavailable after an unknown model
 * @param max upper bound of what a provider may ask for, and of the doubling
 */
public record CoolDownSettings(Duration rateLimited, Duration quota, Duration authentication, Duration permission,
		Duration modelUnavailable, Duration max) {

	private static final Duration DOUBLING_LIMIT = Duration.ofSeconds(60);

	/**
	 * Enough doublings to reach the limit from a nanosecond, and few enough not to
	 * overflow.
	 */
	private static final int MOST_DOUBLINGS = 36;

	/** 5 s, 5 min, 1 min, 5 min, 10 min, and at most 5 min if a provider asks for it. */
	public static final CoolDownSettings DEFAULTS = new CoolDownSettings(Duration.ofSeconds(5), Duration.ofMinutes(5),
			Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(5));

	public CoolDownSettings {
		Bounds.notNegative("cool-down.rate-limited", rateLimited);
		Bounds.notNegative("cool-down.quota", quota);
		Bounds.notNegative("cool-down.authentication", authentication);
		Bounds.notNegative("cool-down.permission", permission);
		Bounds.notNegative("cool-down.model-unavailable", modelUnavailable);
		Bounds.notNegative("cool-down.max", max);
	}

	/**
	 * How long to cool down after a failure, without the random part.
	 * @param failure what went wrong
	 * @param rateLimits number of rate limits in a row, this one included
	 * @return the length, zero if there is nothing to cool down from
	 */
	public Duration after(Failure failure, int rateLimits) {
		Duration asked = failure.retryAfter();
		return switch (failure.kind()) {
			case RATE_LIMITED -> (asked != null) ? asked(asked) : doubled(rateLimits);
			case OVERLOADED -> (asked != null) ? asked(asked) : Duration.ZERO;
			case QUOTA_EXHAUSTED -> this.quota;
			case AUTHENTICATION -> this.authentication;
			case PERMISSION_DENIED -> this.permission;
			case MODEL_UNAVAILABLE -> this.modelUnavailable;
			default -> Duration.ZERO;
		};
	}

	/** How long to cool down if a provider asks for it. */
	public Duration asked(Duration asked) {
		return longer(Duration.ZERO, shorter(asked, this.max));
	}

	private Duration doubled(int rateLimits) {
		Duration limit = longer(this.rateLimited, shorter(DOUBLING_LIMIT, this.max));
		if (this.rateLimited.compareTo(limit) >= 0) {
			return this.rateLimited;
		}
		return shorter(this.rateLimited.multipliedBy(1L << Math.min(rateLimits - 1, MOST_DOUBLINGS)), limit);
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

}
