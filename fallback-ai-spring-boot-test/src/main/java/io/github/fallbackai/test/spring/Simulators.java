// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.util.ReflectionUtils;

import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.SimulatorOptions;
import io.github.fallbackai.test.time.VirtualTime;

/**
 * The simulators of one application context, and its time.
 */
final class Simulators implements AutoCloseable {

	static final String BEAN = "fallbackAiSimulators";

	/** Of the auto-configuration: forgets what earlier calls did to the endpoints. */
	private static final String FRESH_START = "fallbackAiFreshStart";

	private final Map<String, ProviderSimulator> simulators = new LinkedHashMap<>();

	private final @Nullable VirtualTime time;

	Simulators(Iterable<String> endpoints, @Nullable VirtualTime time) {
		this.time = time;
		for (String endpoint : endpoints) {
			SimulatorOptions options = SimulatorOptions.forEndpoint(endpoint);
			this.simulators.put(endpoint,
					ProviderSimulator.create((time != null) ? options.withScheduler(time.scheduler()) : options));
		}
	}

	static Simulators of(ApplicationContext context) {
		if (!context.containsBean(BEAN)) {
			throw new IllegalStateException("no endpoint of this test is simulated (expected: @SimulatedEndpoints)");
		}
		return context.getBean(BEAN, Simulators.class);
	}

	Iterable<ProviderSimulator> all() {
		return this.simulators.values();
	}

	ProviderSimulator get(String name) {
		return this.simulators.entrySet()
			.stream()
			.filter((entry) -> letters(entry.getKey()).equals(letters(name)))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("simulator: '" + name + "' (expected: one of "
					+ String.join(", ", this.simulators.keySet()) + ")"));
	}

	VirtualTime time() {
		if (this.time == null) {
			throw new IllegalStateException(
					"this test has no virtual time (expected: @SimulatedEndpoints(virtualTime = true))");
		}
		return this.time;
	}

	/** Begins again: healthy simulators, and an application that met no failure yet. */
	void reset(ApplicationContext context) {
		this.simulators.values().forEach(ProviderSimulator::reset);
		if (context.containsBean(FRESH_START)) {
			forget(context.getBean(FRESH_START));
		}
	}

	/**
	 * This module does not know the type, and a type of Java's would be open to
	 * injection.
	 */
	private static void forget(Object freshStart) {
		Method method = Objects.requireNonNull(ReflectionUtils.findMethod(freshStart.getClass(), "forget"), "forget");
		ReflectionUtils.makeAccessible(method);
		ReflectionUtils.invokeMethod(method, freshStart);
	}

	@Override
	public void close() {
		this.simulators.values().forEach(ProviderSimulator::close);
		if (this.time != null) {
			this.time.close();
		}
	}

	private static String letters(String name) {
		return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
	}

}
