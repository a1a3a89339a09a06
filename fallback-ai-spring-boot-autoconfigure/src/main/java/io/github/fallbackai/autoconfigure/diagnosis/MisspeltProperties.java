// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.util.Collection;
import java.util.Map;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.PropertyLayer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Refuses properties below {@code fallback.ai} that do not exist but resemble one that
 * does, or that are at the wrong place. Spring Boot ignores them, and calls would ask an
 * endpoint without its key if the key's property is misspelt. A property that resembles
 * none may be of another version and only leads to a warning. Environment variables may
 * belong to other programs and are not checked.
 */
public final class MisspeltProperties {

	private static final Logger logger = LoggerFactory.getLogger(MisspeltProperties.class);

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(FallbackAiProperties.PREFIX);

	private static final ResolvableType ROOT = ResolvableType.forClass(FallbackAiProperties.class);

	private MisspeltProperties() {
	}

	/**
	 * Looks at the names of all properties.
	 * @param environment the application's environment
	 * @throws InvalidFallbackConfigurationException if one is misspelt
	 */
	public static void refuse(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = PropertyLayer.isEnvironment(source);
				iterable.stream().filter(PREFIX::isAncestorOf).forEach((name) -> check(name, variables));
			}
		}
	}

	private static void check(ConfigurationPropertyName name, boolean variable) {
		UnknownProperty unknown = find(ROOT, name, PREFIX.getNumberOfElements());
		if (unknown == null || (variable && !unknown.renamed())) {
			return;
		}
		if (unknown.reason() == null) {
			logger.warn("There is no property {}: it is ignored. {}", name, unknown.cure());
			return;
		}
		throw new InvalidFallbackConfigurationException(name.toString(), unknown.reason(), unknown.cure());
	}

	private static @Nullable UnknownProperty find(ResolvableType type, ConfigurationPropertyName name, int index) {
		if (index == name.getNumberOfElements()) {
			return null;
		}
		Class<?> bound = type.toClass();
		if (Collection.class.isAssignableFrom(bound)) {
			return name.isNumericIndex(index) ? find(type.asCollection().getGeneric(0), name, index + 1) : null;
		}
		if (Map.class.isAssignableFrom(bound)) {
			return name.isNumericIndex(index) ? UnknownProperty.elementOf(name.chop(index).toString())
					: findInMap(type.asMap().getGeneric(1), name, index);
		}
		KnownProperties known = KnownProperties.of(bound);
		if (known == null) {
			return null;
		}
		String above = name.chop(index).toString();
		if (name.isNumericIndex(index)) {
			return UnknownProperty.elementOf(above, known);
		}
		ResolvableType property = known.type(name.getElement(index, Form.UNIFORM));
		return (property != null) ? find(property, name, index + 1)
				: UnknownProperty.of(above, name.getElement(index, Form.DASHED), known);
	}

	/** The name of an entry is free, and may have dots. */
	private static @Nullable UnknownProperty findInMap(ResolvableType value, ConfigurationPropertyName name,
			int index) {
		UnknownProperty best = null;
		for (int end = index + 1; end < name.getNumberOfElements(); end++) {
			UnknownProperty unknown = find(value, name, end);
			if (unknown == null) {
				return null;
			}
			if (best == null || best.reason() == null) {
				best = (best == null || unknown.reason() != null) ? unknown : best;
			}
		}
		return best;
	}

}
