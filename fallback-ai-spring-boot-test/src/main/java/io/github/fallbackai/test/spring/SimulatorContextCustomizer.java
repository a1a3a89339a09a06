package io.github.fallbackai.test.spring;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Overrides the URLs of endpoints in one application context, and switches off endpoints
 * that are not on this machine. Equal overrides share a cached context, different ones do
 * not.
 *
 * @param urls the properties
 */
record SimulatorContextCustomizer(Map<String, Object> urls) implements ContextCustomizer {

	private static final String PROPERTY_SOURCE = "providerSimulators";

	private static final String REMOTE = "remoteEndpoints";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		sources.addFirst(new MapPropertySource(PROPERTY_SOURCE, this.urls));
		// Last, so that a test which wants such an endpoint can switch it on.
		sources.addLast(new MapPropertySource(REMOTE, RemoteEndpoints.off(context.getEnvironment())));
	}

}
