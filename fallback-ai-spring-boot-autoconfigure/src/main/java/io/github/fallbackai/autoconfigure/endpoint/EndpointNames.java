// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.List;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.diagnosis.Spelling;
import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import org.jspecify.annotations.Nullable;

/**
 * The names of the configured endpoints. A map key means the endpoint with exactly this
 * name. If there is none, it means the only endpoint with the same letters and digits,
 * because environment variables have neither case nor punctuation.
 */
public final class EndpointNames {

	private final List<String> names;

	public EndpointNames(List<String> names) {
		this.names = List.copyOf(names);
	}

	/**
	 * Finds the endpoint that a key means.
	 * @param key the key
	 * @param property the property that has the key, for the error
	 * @return the endpoint's name, or {@code null} if there is none
	 */
	@Nullable String find(String key, String property) {
		return this.names.contains(key) ? key : findByLetters(key, property);
	}

	/**
	 * Finds the endpoint for a key without case and punctuation, such as an environment
	 * variable.
	 * @param key the key
	 * @param property the property that has the key, for the error
	 * @return the endpoint's name, or {@code null} if there is none
	 */
	@Nullable String findByLetters(String key, String property) {
		String wanted = LettersAndDigits.of(key);
		List<String> matches = this.names.stream().filter((name) -> LettersAndDigits.of(name).equals(wanted)).toList();
		if (matches.size() > 1) {
			throw new InvalidFallbackConfigurationException(property,
					"ambiguous, it may mean any of the endpoints " + String.join(", ", matches),
					"Write the endpoint's exact name, or give the endpoints names that differ in letters or digits.");
		}
		return matches.isEmpty() ? null : matches.get(0);
	}

	/**
	 * Finds the endpoint that a key means.
	 * @param key the key
	 * @param property the property that has the key, for the error
	 * @return the endpoint's name
	 * @throws InvalidFallbackConfigurationException if there is none or more than one
	 */
	public String require(String key, String property) {
		String name = find(key, property);
		if (name == null) {
			throw unmatched(key, property);
		}
		return name;
	}

	InvalidFallbackConfigurationException unmatched(String key, String property) {
		return new InvalidFallbackConfigurationException(property,
				"matches no endpoint (endpoints: " + String.join(", ", this.names) + ")",
				Spelling.question(key, this.names)
						+ "Use the name of an endpoint below fallback.ai.endpoints, or remove the entry.");
	}

}
