// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.time.VirtualTime;

/**
 * Leads endpoints of one application context to simulators, and switches off endpoints
 * that are not on this machine. Equal ones share a cached context, different ones do not.
 *
 * @param urls the URLs of simulators that the test class has, by endpoint
 * @param simulated what the annotation of the test class says
 */
record SimulatorContextCustomizer(Map<String, String> urls,
		@Nullable Simulated simulated) implements ContextCustomizer {

	private static final String PROPERTY_SOURCE = "providerSimulators";

	private static final String REMOTE = "remoteEndpoints";

	/** The auto-configuration looks for this one. */
	private static final String SCHEDULER = "fallbackAiScheduler";

	private static final String TIME = "fallbackAiVirtualTime";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		ConfiguredEndpoints endpoints = new ConfiguredEndpoints(context.getEnvironment());
		Map<String, Object> properties = new LinkedHashMap<>();
		if (this.simulated != null) {
			for (ProviderSimulator simulator : simulators(context, endpoints, this.simulated).all()) {
				properties.putAll(overrides(simulator.endpoint(), simulator.url(), endpoints));
				properties.putAll(RemoteLimits.of(simulator.endpoint(), endpoints));
			}
		}
		this.urls.forEach((endpoint, url) -> properties.putAll(overrides(endpoint, url, endpoints)));
		MutablePropertySources sources = context.getEnvironment().getPropertySources();
		sources.addFirst(new MapPropertySource(PROPERTY_SOURCE, properties));
		// Last, so that a test which wants such an endpoint can switch it on.
		sources.addLast(new MapPropertySource(REMOTE, RemoteEndpoints.off(context.getEnvironment())));
	}

	private static Map<String, Object> overrides(String endpoint, String url, ConfiguredEndpoints endpoints) {
		Map<String, Object> overrides = HarmlessKeys.of(endpoint, endpoints);
		overrides.put(ConfiguredEndpoints.override(endpoint, "url").toString(), url);
		return overrides;
	}

	private Simulators simulators(ConfigurableApplicationContext context, ConfiguredEndpoints endpoints,
			Simulated simulated) {
		VirtualTime time = simulated.virtualTime() ? VirtualTime.create() : null;
		Simulators simulators = new Simulators(simulated.of(endpoints, this.urls.keySet()), time);
		context.getBeanFactory().registerSingleton(Simulators.BEAN, simulators);
		if (time != null) {
			context.getBeanFactory().registerSingleton(TIME, time);
			context.getBeanFactory().registerSingleton(SCHEDULER, time.scheduler());
		}
		// The first to be registered is the last to be closed.
		((DefaultSingletonBeanRegistry) context.getBeanFactory()).registerDisposableBean(Simulators.BEAN,
				simulators::close);
		return simulators;
	}

	/**
	 * What {@link SimulatedEndpoints} says.
	 *
	 * @param names the endpoints, none for all
	 * @param virtualTime whether the time can be moved
	 */
	record Simulated(Set<String> names, boolean virtualTime) {

		static Simulated of(SimulatedEndpoints annotation) {
			return new Simulated(new LinkedHashSet<>(List.of(annotation.value())), annotation.virtualTime());
		}

		Set<String> of(ConfiguredEndpoints endpoints, Set<String> others) {
			Set<String> simulated = new LinkedHashSet<>(this.names);
			if (simulated.isEmpty()) {
				endpoints.names()
					.stream()
					.filter((name) -> !"spring-ai".equals(endpoints.value(name, "provider")) && !others.contains(name))
					.forEach(simulated::add);
			}
			for (String name : simulated) {
				if (!endpoints.names().contains(name)) {
					throw new IllegalStateException(
							"@SimulatedEndpoints: '" + name + "' (expected: names in fallback.ai.endpoints, which are "
									+ String.join(", ", endpoints.names()) + ")");
				}
				if (others.contains(name)) {
					throw new IllegalStateException("@SimulatedEndpoints: '" + name
							+ "', which has a ProviderSimulatorExtension too (expected: one of the two)");
				}
			}
			return simulated;
		}

	}

}
