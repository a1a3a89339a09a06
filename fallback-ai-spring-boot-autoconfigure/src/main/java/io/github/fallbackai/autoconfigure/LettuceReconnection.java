// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.StateStoreType;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;

/**
 * How soon Lettuce looks whether Redis is back. By default, it waits up to 30 s.
 * Internal: public only for the parts of the auto-configuration that each generation of
 * Spring Boot has.
 */
public final class LettuceReconnection {

	private static final Duration FIRST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(1);

	private LettuceReconnection() {
	}

	/**
	 * Shortens the wait, unless the application keeps no state in Redis.
	 * @param resources what Spring Boot makes Lettuce's clients of
	 * @param properties the properties of the application
	 */
	public static void customize(ClientResources.Builder resources, FallbackAiProperties properties) {
		if (properties.getStateStore().getType() != StateStoreType.MEMORY) {
			resources.reconnectDelay(Delay.fullJitter(FIRST, LONGEST, FIRST.toMillis(), TimeUnit.MILLISECONDS));
		}
	}

}
