package io.github.fallbackai.state.redis;

import java.time.Duration;

/**
 * Where in Redis the state is, and how long to wait for an answer.
 *
 * @param keyPrefix what every key and channel begins with; applications with different
 * prefixes do not see each other. Holds no braces, which mean something to Redis Cluster
 * @param commandTimeout how long a command may take before Redis counts as out
 */
public record RedisStateSettings(String keyPrefix, Duration commandTimeout) {

	public RedisStateSettings {
		if (keyPrefix.isBlank() || keyPrefix.indexOf('{') >= 0 || keyPrefix.indexOf('}') >= 0) {
			throw new IllegalArgumentException(
					"state-store.key-prefix: '" + keyPrefix + "' (expected: not blank, without { and })");
		}
		if (commandTimeout.isZero() || commandTimeout.isNegative()) {
			throw new IllegalArgumentException("state-store.command-timeout: " + commandTimeout + " (expected: > 0)");
		}
	}

}
