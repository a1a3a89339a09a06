// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Describes a problem with a property for a failure analysis. Never shows the property's
 * value, which may be a key.
 */
final class PropertyProblem {

	/** Elements of {@code fallback.ai.endpoints} and of everything beside it. */
	private static final int DEPTH = 3;

	private PropertyProblem() {
	}

	static String describe(Environment environment, String property, String reason) {
		StringBuilder text = new StringBuilder("The configuration of fallback-ai cannot work:\n\n    Property: ")
			.append(property);
		Origin origin = origin(environment, property);
		if (origin != null) {
			text.append("\n    Origin: ").append(origin);
		}
		else {
			appendNeighbour(text, environment, property);
		}
		return text.append("\n    Reason: ").append(reason).toString();
	}

	private static @Nullable Origin origin(Environment environment, String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found.getOrigin();
			}
		}
		return originOfPart(environment, name);
	}

	/** Where a property that is missing would be. */
	private static void appendNeighbour(StringBuilder text, Environment environment, String property) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		Origin origin = (name.getNumberOfElements() > DEPTH) ? originOfPart(environment, name.getParent()) : null;
		if (origin != null) {
			text.append("\n    Near: ").append(origin);
		}
	}

	/** A property that is not set may have parts that are set. */
	private static @Nullable Origin originOfPart(Environment environment, ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				ConfigurationProperty part = iterable.stream()
					.filter(name::isAncestorOf)
					.findFirst()
					.map(source::getConfigurationProperty)
					.orElse(null);
				if (part != null) {
					return part.getOrigin();
				}
			}
		}
		return null;
	}

}
