package io.github.fallbackai.autoconfigure;

import java.util.Map;

import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Silences the warnings with stack traces that Reactor Netty logs for every connection
 * that dies before its response, and for every body that it cannot decode: such failures
 * are expected here, and reported by the failover itself. Any setting of the application
 * wins.
 */
class QuietConnectionLogging implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	static final String PROPERTY = "logging.level.reactor.netty.http.client.HttpClientConnect";

	private static final String BODY_PROPERTY = "logging.level.reactor.netty.channel.FluxReceive";

	/** After configuration files were read, before log levels are set. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 15;

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		ConfigurableEnvironment environment = event.getEnvironment();
		if (!EndpointsProperty.sources(environment).isEmpty()) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("fallbackAiLogging", Map.of(PROPERTY, "error", BODY_PROPERTY, "error")));
		}
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
