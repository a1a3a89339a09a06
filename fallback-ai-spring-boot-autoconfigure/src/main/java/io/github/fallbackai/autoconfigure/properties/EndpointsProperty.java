// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.util.List;
import java.util.stream.StreamSupport;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * The property {@code fallback.ai.endpoints}: its name, and the property sources that
 * have it, whether its value is valid or not.
 */
public final class EndpointsProperty {

	/** The name of the list. */
	public static final ConfigurationPropertyName NAME = ConfigurationPropertyName
		.of(FallbackAiProperties.PREFIX + ".endpoints");

	private EndpointsProperty() {
	}

	/**
	 * Returns the name of an element of the list.
	 * @param index index of the element
	 */
	public static ConfigurationPropertyName element(int index) {
		return NAME.append("[" + index + "]");
	}

	/**
	 * Finds the property sources that have such a list.
	 * @param environment the application's environment
	 * @return the sources, the one that wins first
	 */
	public static List<ConfigurationPropertySource> sources(Environment environment) {
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.filter((source) -> source.getConfigurationProperty(NAME) != null || hasElements(source))
			.toList();
	}

	/**
	 * Whether the application lists no endpoint: no property source has the list, or the
	 * one that wins has an empty list.
	 * @param environment the application's environment
	 */
	public static boolean isEmpty(Environment environment) {
		List<ConfigurationPropertySource> sources = sources(environment);
		return sources.isEmpty() || !hasElements(sources.get(0));
	}

	private static boolean hasElements(ConfigurationPropertySource source) {
		return source.containsDescendantOf(NAME) == ConfigurationPropertyState.PRESENT;
	}

}
