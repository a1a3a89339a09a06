// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import org.jspecify.annotations.Nullable;

/**
 * Finds Resilience4j's properties of one instance.
 */
final class ResilienceInstances {

	private ResilienceInstances() {
	}

	/**
	 * Collects the properties for an instance.
	 * @param name name of the instance
	 * @param instances properties by instance
	 * @param configs properties that instances refer to
	 * @param baseConfig tells which of them a set of properties refers to
	 * @param <T> type of the properties
	 * @return the properties, the weakest first; empty if there are none for the instance
	 */
	static <T> List<T> layers(String name, Map<String, T> instances, Map<String, T> configs,
			Function<T, @Nullable String> baseConfig) {
		List<T> layers = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		T layer = find(name, instances);
		while (layer != null) {
			layers.add(0, layer);
			String base = baseConfig.apply(layer);
			layer = (base != null && seen.add(base)) ? configs.get(base) : null;
		}
		return layers;
	}

	private static <T> @Nullable T find(String name, Map<String, T> instances) {
		T exact = instances.get(name);
		if (exact != null) {
			return exact;
		}
		// Environment variables have neither case nor dashes.
		String wanted = LettersAndDigits.of(name);
		return instances.entrySet()
			.stream()
			.filter((entry) -> LettersAndDigits.of(entry.getKey()).equals(wanted))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

}
