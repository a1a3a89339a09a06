// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the simulated providers if an endpoint's URL asks for one:
 * {@code simulator:premium}. It does so before any code reads these URLs. They end with
 * the application. If there are several instances, one starts them and the others use the
 * same ones.
 */
class SimulatorStarter implements ApplicationContextInitializer<GenericApplicationContext> {

	@Override
	public void initialize(GenericApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		List<ConfiguredEndpoint> simulated = simulated(environment);
		// The build only inspects the application and calls no provider.
		if (simulated.isEmpty() || Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		int firstPort = environment.getProperty("sample.simulators.first-port", Integer.class, 0);
		if (environment.getProperty("sample.simulators.elsewhere", Boolean.class, false)) {
			use(environment, simulated, SimulatedProviders.urlsOfOthers(firstPort));
			return;
		}
		SimulatedProviders providers = new SimulatedProviders(
				environment.getProperty("sample.speed", Double.class, 1.0), firstPort);
		use(environment, simulated, providers.urls());
		// A singleton instead of a bean definition, because ahead-of-time processing
		// needs bean definitions at build time.
		DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
		String name = SimulatedProviders.class.getName();
		beans.registerSingleton(name, providers);
		beans.registerDisposableBean(name, providers::close);
	}

	private static List<ConfiguredEndpoint> simulated(ConfigurableEnvironment environment) {
		try {
			return Binder.get(environment)
				.bind("fallback.ai.endpoints", Bindable.listOf(ConfiguredEndpoint.class))
				.orElse(List.of())
				.stream()
				.filter(ConfiguredEndpoint::simulated)
				.toList();
		}
		catch (BindException ex) {
			// The library reads the list too, and knows better what is wrong with it.
			return List.of();
		}
	}

	private static void use(ConfigurableEnvironment environment, List<ConfiguredEndpoint> simulated,
			Map<String, String> urls) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (ConfiguredEndpoint endpoint : simulated) {
			String url = urls.get(endpoint.simulator());
			if (url == null) {
				throw new IllegalStateException("fallback.ai.endpoints: url of " + endpoint.name() + ": "
						+ endpoint.url() + " (expected: a simulator of " + urls.keySet() + ")");
			}
			properties.put("fallback.ai.overrides." + endpoint.name() + ".url", url);
		}
		properties.put("sample.simulated", "true");
		environment.getPropertySources().addFirst(new MapPropertySource("simulatedProviders", properties));
	}

	/**
	 * The part of an endpoint's configuration that is needed here.
	 *
	 * @param name its name
	 * @param url where it is
	 */
	record ConfiguredEndpoint(@Nullable String name, @Nullable String url) {

		private static final String SCHEME = "simulator:";

		boolean simulated() {
			return this.name != null && this.url != null && this.url.startsWith(SCHEME);
		}

		String simulator() {
			return (this.url != null) ? this.url.substring(SCHEME.length()) : "";
		}

	}

}
