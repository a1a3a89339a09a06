// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;

import io.github.fallbackai.endpoint.Bounds;

/**
 * Where in Redis the state is, and how long to wait for an answer.
 *
 * @param keyPrefix what every key and channel begins with; applications with different
 * prefixes do not see each other. Without braces, because they have a meaning in Redis
 * Cluster
 * @param commandTimeout how long a command may take before Redis counts as out
 */
public record RedisStateSettings(String keyPrefix, Duration commandTimeout) {

	public RedisStateSettings {
		Bounds.require(!keyPrefix.isBlank() && keyPrefix.indexOf('{') < 0 && keyPrefix.indexOf('}') < 0,
				"state-store.key-prefix", "'" + keyPrefix + "'", "not blank, without { and }");
		Bounds.positive("state-store.command-timeout", commandTimeout);
	}

}
