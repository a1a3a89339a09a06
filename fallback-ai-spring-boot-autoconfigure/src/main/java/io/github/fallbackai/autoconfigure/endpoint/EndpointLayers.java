// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.diagnosis.UnitCheck;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import io.github.fallbackai.autoconfigure.properties.PropertyLayer;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Merges the places that configure an endpoint: defaults, the element of the list, the
 * entry of {@code api-keys}, overrides. For each property, the last place that sets it
 * wins.
 */
final class EndpointLayers {

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName
		.of(FallbackAiProperties.PREFIX + ".defaults");

	private static final ConfigurationPropertyName MISSPELLED_KEYS = ConfigurationPropertyName
		.of(FallbackAiProperties.PREFIX + ".api.keys");

	private static final String KEYS = FallbackAiProperties.PREFIX + ".api-keys";

	private final PropertySourcesPlaceholdersResolver placeholders;

	private final Iterable<ConfigurationPropertySource> sources;

	private final UnitCheck units;

	EndpointLayers(Environment environment) {
		this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
		this.sources = ConfigurationPropertySources.get(environment);
		this.units = new UnitCheck(environment);
	}

	/**
	 * Applies all layers.
	 * @param list the list of endpoints
	 * @param apiKeys the entries of {@code fallback.ai.api-keys}
	 * @return the endpoints in the order of the list
	 */
	List<LayeredEndpointProperties> apply(EndpointList list, Map<String, String> apiKeys) {
		refuseMisspelledKeys();
		PropertyLayer defaults = layer(DEFAULTS, this.sources);
		if (defaults.has("name")) {
			throw new InvalidFallbackConfigurationException(defaults.property("name"), "one name for all endpoints",
					"Remove it, and give each endpoint a name of its own.");
		}
		List<LayeredEndpointProperties> endpoints = IntStream.range(0, list.elements().size())
			.mapToObj((i) -> new LayeredEndpointProperties(defaults,
					layer(EndpointsProperty.element(i), List.of(list.source()))))
			.toList();
		EndpointNames names = new EndpointNames(uniqueNames(endpoints));
		ApiKeyAssignment keys = new ApiKeyAssignment(apiKeys, names, this::isVariable);
		EndpointOverrides overrides = new EndpointOverrides(this.sources, names);
		for (LayeredEndpointProperties endpoint : endpoints) {
			endpoint.applyKey(keys);
			overrides.weakestFirst(endpoint.name()).forEach((prefix) -> {
				// If a name has several elements, the check of all properties does not
				// see its properties.
				this.units.refuse(prefix, EndpointProperties.class);
				endpoint.applyOverride(layer(prefix, this.sources));
			});
		}
		return endpoints;
	}

	/** Whether an entry of {@code api-keys} is an environment variable. */
	private boolean isVariable(String entry) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(KEYS + '.' + entry, '.');
		for (ConfigurationPropertySource source : this.sources) {
			if (source.getConfigurationProperty(name) != null) {
				return PropertyLayer.isEnvironment(source);
			}
		}
		return false;
	}

	/**
	 * An environment variable must not have an underscore between the words of one name.
	 */
	private void refuseMisspelledKeys() {
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(MISSPELLED_KEYS::isAncestorOf).findFirst().ifPresent((name) -> {
					String endpoint = LettersAndDigits.of(name.getLastElement(Form.ORIGINAL));
					throw new InvalidFallbackConfigurationException(name.toString(), "is no property",
							"Name the environment variable FALLBACK_AI_APIKEYS_" + endpoint.toUpperCase(Locale.ROOT)
									+ ", without an underscore in APIKEYS.");
				});
			}
		}
	}

	private PropertyLayer layer(ConfigurationPropertyName prefix, Iterable<ConfigurationPropertySource> sources) {
		return new PropertyLayer(prefix, sources, new Binder(sources, this.placeholders));
	}

	private static List<String> uniqueNames(List<LayeredEndpointProperties> endpoints) {
		Set<String> names = new LinkedHashSet<>();
		for (LayeredEndpointProperties endpoint : endpoints) {
			if (!names.add(endpoint.name())) {
				throw endpoint.invalid("name", "'" + endpoint.name() + "' is the name of an earlier endpoint too",
						"Give every endpoint a name of its own; without one it is called <provider>-<model>.");
			}
		}
		return List.copyOf(names);
	}

}
