package io.github.fallbackai.test.spring;

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Overrides the URLs of endpoints in one application context. Equal overrides share a
 * cached context, different ones do not.
 *
 * @param urls the properties
 */
record SimulatorContextCustomizer(Map<String, Object> urls) implements ContextCustomizer {

	private static final String PROPERTY_SOURCE = "providerSimulators";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(PROPERTY_SOURCE, this.urls));
	}

}
