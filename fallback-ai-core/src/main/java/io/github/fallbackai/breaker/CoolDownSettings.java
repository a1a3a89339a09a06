package io.github.fallbackai.breaker;

import java.time.Duration;

/**
 * How long an endpoint or an account cools down after a failure that says "not now".
 * Every cool-down is drawn out by a random bit, at most 10 % and 1 s, so that instances
 * do not return all at once. Zero means no cool-down.
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

	/** 5 s, 5 min, 1 min, 5 min, 10 min, and at most 5 min as a provider wishes. */
	public static final CoolDownSettings DEFAULTS = new CoolDownSettings(Duration.ofSeconds(5), Duration.ofMinutes(5),
			Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(5));

	public CoolDownSettings {
		requireNotNegative("rate-limited", rateLimited);
		requireNotNegative("quota", quota);
		requireNotNegative("authentication", authentication);
		requireNotNegative("permission", permission);
		requireNotNegative("model-unavailable", modelUnavailable);
		requireNotNegative("max", max);
	}

	private static void requireNotNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException("cool-down." + name + ": " + value + " (expected: >= 0)");
		}
	}

}
