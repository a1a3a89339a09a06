// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Knows which properties below {@code fallback.ai} hold secrets, and their values.
 */
public final class SecretProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(FallbackAiProperties.PREFIX);

	/**
	 * Letters and digits of a name, in any form: keys, headers, because one of them may
	 * be a key, and proxies, because their URLs may have a password.
	 */
	private static final Pattern SECRET_NAME = Pattern
		.compile("fallbackai(apikeys.*|.*apikey|.*spareapikeys.*|.*proxy|.*headers.*)");

	private static final Pattern ADDRESS_NAME = Pattern.compile("fallbackai.*url");

	private static final Pattern SECRET_HEADER = Pattern
		.compile(".*headers.*(authorization|key|token|secret|cookie).*");

	private final Environment environment;

	public SecretProperties(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Whether a property with this name, in any form that a property source may use,
	 * holds a secret.
	 */
	public static boolean isSecret(String name) {
		return SECRET_NAME.matcher(LettersAndDigits.of(name)).matches();
	}

	/**
	 * Whether a property with this name may hold a secret, by its value: an address with
	 * a query or with credentials does.
	 */
	public static boolean mayHoldSecret(String name, String value) {
		return ADDRESS_NAME.matcher(LettersAndDigits.of(name)).matches()
				&& (value.indexOf('?') >= 0 || value.indexOf('@') >= 0);
	}

	/** The secrets that the properties hold at present. */
	public Set<String> values() {
		PropertySourcesPlaceholdersResolver placeholders = new PropertySourcesPlaceholdersResolver(this.environment);
		Set<String> values = new HashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> PREFIX.isAncestorOf(name) && isWorthFinding(name))
					.map((name) -> value(source.getConfigurationProperty(name), placeholders))
					.filter((value) -> !value.isEmpty())
					.forEach(values::add);
			}
		}
		return values;
	}

	private static boolean isWorthFinding(ConfigurationPropertyName name) {
		String text = LettersAndDigits.of(name.toString());
		// Most headers are no secrets, and their values would be masked in all other
		// places too.
		return isSecret(text) && (!text.contains("headers") || SECRET_HEADER.matcher(text).matches());
	}

	private static String value(@Nullable ConfigurationProperty property,
			PropertySourcesPlaceholdersResolver placeholders) {
		if (property == null) {
			return "";
		}
		String value = String.valueOf(resolve(property.getValue(), placeholders)).strip();
		// Without the scheme of an authorization header.
		return value.substring(value.lastIndexOf(' ') + 1);
	}

	private static @Nullable Object resolve(Object value, PropertySourcesPlaceholdersResolver placeholders) {
		try {
			return placeholders.resolvePlaceholders(value);
		}
		catch (IllegalArgumentException ex) {
			// The application does not start with such a placeholder, or does not use it,
			// so it is no key.
			return value;
		}
	}

}
