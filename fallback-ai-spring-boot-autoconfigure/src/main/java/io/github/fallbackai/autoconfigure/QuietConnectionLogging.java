// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.StateStoreType;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Silences warnings of drivers about failures that are expected here and that we report
 * ourselves: of Reactor Netty for every connection that dies before its response and for
 * every body that it cannot decode, both with a stack trace, and of Lettuce every few
 * seconds while Redis is out, where the state of endpoints may be kept there. Any setting
 * of the application wins.
 */
class QuietConnectionLogging implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	static final String PROPERTY = "logging.level.reactor.netty.http.client.HttpClientConnect";

	private static final String BODY_PROPERTY = "logging.level.reactor.netty.channel.FluxReceive";

	private static final String REDIS_PROPERTY = "logging.level.io.lettuce.core.protocol.ConnectionWatchdog";

	private static final String MEMORY = StateStoreType.MEMORY.name();

	private static final String STATE_STORE = FallbackAiProperties.PREFIX + ".state-store.type";

	/** After configuration files were read, before log levels are set. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 15;

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		ConfigurableEnvironment environment = event.getEnvironment();
		if (!EndpointsProperty.sources(environment).isEmpty()) {
			Map<String, Object> levels = new HashMap<>(Map.of(PROPERTY, "error", BODY_PROPERTY, "error"));
			if (!MEMORY.equalsIgnoreCase(environment.getProperty(STATE_STORE))) {
				levels.put(REDIS_PROPERTY, "error");
			}
			environment.getPropertySources().addLast(new MapPropertySource("fallbackAiLogging", levels));
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
