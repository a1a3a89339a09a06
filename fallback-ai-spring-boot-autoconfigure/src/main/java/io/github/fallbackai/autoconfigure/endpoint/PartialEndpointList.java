// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;
import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import io.github.fallbackai.autoconfigure.properties.PropertyLayer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Recognises a property source, mostly the environment variables, that should change one
 * element of the list of endpoints and replaces the whole list instead.
 */
final class PartialEndpointList {

	private static final String CURE = "Set a key with fallback.ai.api-keys.%1$s (environment variable FALLBACK_AI_APIKEYS_%2$s)"
			+ " and any other property with fallback.ai.overrides.%1$s.<property>"
			+ " (FALLBACK_AI_OVERRIDES_%2$s_<PROPERTY>), or write the whole list in one place.";

	private final ConfigurationPropertySource source;

	private final @Nullable ConfigurationPropertySource shadowed;

	/**
	 * Creates the check of a source.
	 * @param source the source that has the list
	 * @param shadowed the next source that has a list as well, {@code null} if there is
	 * none
	 */
	PartialEndpointList(ConfigurationPropertySource source, @Nullable ConfigurationPropertySource shadowed) {
		this.source = source;
		this.shadowed = shadowed;
	}

	/**
	 * Refuses a list that replaces another one and has an element that is only a part of
	 * an endpoint.
	 * @param elements the list
	 */
	void refuseIfIn(List<EndpointProperties> elements) {
		if (this.shadowed == null) {
			return;
		}
		for (int i = 0; i < elements.size(); i++) {
			ConfigurationPropertyName element = EndpointsProperty.element(i);
			if (isPart(element)) {
				throw refusal(firstPropertyOf(element));
			}
		}
	}

	/**
	 * Refuses properties that have the name of an endpoint instead of its number.
	 */
	void refuseNames() {
		if (this.source instanceof IterableConfigurationPropertySource iterable) {
			iterable.stream().filter(EndpointsProperty.NAME::isAncestorOf).findFirst().ifPresent((property) -> {
				String name = property.getElement(EndpointsProperty.NAME.getNumberOfElements(), Form.ORIGINAL);
				boolean variable = PropertyLayer.isEnvironment(this.source);
				throw new InvalidFallbackConfigurationException(property.toString(),
						"is below a name, but " + EndpointsProperty.NAME + " is a list",
						variable ? cure(name) : "Write '- name: " + name + "' instead of '" + name
								+ ":', and the properties of the endpoint below that.");
			});
		}
	}

	private static String cure(@Nullable String name) {
		return CURE.formatted((name != null) ? name : "<name>",
				(name != null) ? LettersAndDigits.of(name).toUpperCase(Locale.ROOT) : "<NAME>");
	}

	private boolean isPart(ConfigurationPropertyName element) {
		boolean environmentVariables = PropertyLayer.isEnvironment(this.source);
		if (environmentVariables && !has(element, "name") && nameOf(element) != null) {
			return true;
		}
		return Stream.of("name", "provider", "url", "model").filter((property) -> has(element, property)).count() < 2;
	}

	private boolean has(ConfigurationPropertyName element, String property) {
		return this.source.getConfigurationProperty(element.append(property)) != null;
	}

	/**
	 * Says why an element was not read: it is part of another list's element, or the
	 * element before it is missing.
	 * @param property a property of the element
	 * @return the exception to throw
	 */
	InvalidFallbackConfigurationException refusalOfUnbound(ConfigurationPropertyName property) {
		ConfigurationPropertyName element = property.chop(EndpointsProperty.NAME.getNumberOfElements() + 1);
		if (!element.isLastElementIndexed() || (this.shadowed != null && isPart(element))) {
			return refusal(property);
		}
		int missing = 0;
		while (this.source
			.containsDescendantOf(EndpointsProperty.element(missing)) == ConfigurationPropertyState.PRESENT) {
			missing++;
		}
		return new InvalidFallbackConfigurationException(property.toString(), "index " + missing + " is missing",
				"Number the elements from 0 without gaps.");
	}

	/**
	 * Says what a property did to the list, and what to write instead.
	 * @param property a property of the part
	 * @return the exception to throw
	 */
	InvalidFallbackConfigurationException refusal(ConfigurationPropertyName property) {
		String name = nameOf(property.chop(EndpointsProperty.NAME.getNumberOfElements() + 1));
		return new InvalidFallbackConfigurationException(property.toString(),
				"is set without the rest of its endpoint. Spring Boot does not merge lists: this one property stands for"
						+ " the whole list of endpoints, whatever another source says",
				cure(name));
	}

	private ConfigurationPropertyName firstPropertyOf(ConfigurationPropertyName element) {
		return (this.source instanceof IterableConfigurationPropertySource iterable)
				? iterable.stream().filter(element::isAncestorOf).findFirst().orElse(element) : element;
	}

	private @Nullable String nameOf(ConfigurationPropertyName element) {
		if (this.shadowed == null) {
			return null;
		}
		ConfigurationProperty name = this.shadowed.getConfigurationProperty(element.append("name"));
		return (name != null) ? name.getValue().toString() : null;
	}

}
