package io.github.fallbackai.autoconfigure.diagnosis;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Words a problem with a property for a failure analysis. Never shows the property's
 * value, which may be a key.
 */
final class PropertyProblem {

	private PropertyProblem() {
	}

	static String describe(Environment environment, String property, String reason) {
		StringBuilder text = new StringBuilder("The configuration of fallback-ai cannot work:\n\n    Property: ")
			.append(property);
		Origin origin = origin(environment, property);
		if (origin != null) {
			text.append("\n    Origin: ").append(origin);
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
		return null;
	}

}
