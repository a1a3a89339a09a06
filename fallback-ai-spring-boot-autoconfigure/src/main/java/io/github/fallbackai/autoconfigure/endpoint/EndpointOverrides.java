// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.PropertyLayer;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Which prefixes below {@code fallback.ai.overrides} belong to which endpoint. A name may
 * span several elements of a property, because an environment variable turns dashes and
 * dots into the same underscore.
 */
final class EndpointOverrides {

	static final ConfigurationPropertyName PROPERTY = ConfigurationPropertyName
		.of(FallbackAiProperties.PREFIX + ".overrides");

	private static final int DEPTH = PROPERTY.getNumberOfElements();

	private final EndpointNames names;

	private final Map<String, Set<ConfigurationPropertyName>> prefixes = new HashMap<>();

	EndpointOverrides(Iterable<ConfigurationPropertySource> sources, EndpointNames names) {
		this.names = names;
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = PropertyLayer.isEnvironment(source);
				iterable.stream().filter(PROPERTY::isAncestorOf).forEach((property) -> assign(property, variables));
			}
		}
	}

	/**
	 * Returns the prefixes for an endpoint.
	 * @param endpoint name of the endpoint
	 * @return the prefixes, the one that wins last
	 */
	List<ConfigurationPropertyName> weakestFirst(String endpoint) {
		List<ConfigurationPropertyName> prefixes = new ArrayList<>(this.prefixes.getOrDefault(endpoint, Set.of()));
		Collections.reverse(prefixes);
		return prefixes;
	}

	private void assign(ConfigurationPropertyName property, boolean variable) {
		for (int end = property.getNumberOfElements() - 1; end > DEPTH; end--) {
			ConfigurationPropertyName prefix = property.chop(end);
			String endpoint = variable ? this.names.findByLetters(key(prefix), prefix.toString())
					: this.names.find(key(prefix), prefix.toString());
			if (endpoint != null) {
				this.prefixes.computeIfAbsent(endpoint, (name) -> new LinkedHashSet<>()).add(prefix);
				return;
			}
		}
		ConfigurationPropertyName entry = property.chop(DEPTH + 1);
		throw this.names.unmatched(key(entry), entry.toString());
	}

	private static String key(ConfigurationPropertyName prefix) {
		StringBuilder key = new StringBuilder();
		for (int i = DEPTH; i < prefix.getNumberOfElements(); i++) {
			key.append(key.isEmpty() ? "" : ".").append(prefix.getElement(i, Form.ORIGINAL));
		}
		return key.toString();
	}

}
