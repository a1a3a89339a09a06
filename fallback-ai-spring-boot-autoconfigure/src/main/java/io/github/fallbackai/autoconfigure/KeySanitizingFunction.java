// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.Set;
import java.util.function.Supplier;

import io.github.fallbackai.autoconfigure.properties.SecretProperties;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.util.function.SingletonSupplier;

/**
 * Masks keys wherever Actuator shows properties, also when it is configured to show all
 * values. It finds a key by the name of its property, and by its value if the key comes
 * from, or is part of, another property such as an environment variable or the command
 * line.
 */
class KeySanitizingFunction implements SanitizingFunction {

	/** Shorter values are no real keys, and many texts would contain them. */
	private static final int MIN_LENGTH_WITHIN_TEXT = 8;

	private final Supplier<Set<String>> secrets;

	KeySanitizingFunction(SecretProperties secrets) {
		this.secrets = SingletonSupplier.of(secrets::values);
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		if (data.getValue() == null) {
			return data;
		}
		String value = data.getValue().toString();
		boolean secret = SecretProperties.isSecret(data.getKey())
				|| SecretProperties.mayHoldSecret(data.getKey(), value) || holdsSecret(value);
		return secret ? data.withSanitizedValue() : data;
	}

	private boolean holdsSecret(String text) {
		Set<String> values = this.secrets.get();
		return values.contains(text) || values.stream()
			.anyMatch((value) -> value.length() >= MIN_LENGTH_WITHIN_TEXT && text.contains(value));
	}

}
