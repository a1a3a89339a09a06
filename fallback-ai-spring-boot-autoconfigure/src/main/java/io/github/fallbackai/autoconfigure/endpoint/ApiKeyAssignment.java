// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import org.jspecify.annotations.Nullable;

/**
 * Which entry of {@code fallback.ai.api-keys} belongs to which endpoint.
 */
final class ApiKeyAssignment {

	private static final String PREFIX = FallbackAiProperties.PREFIX + ".api-keys.";

	private final Map<String, String> entries = new HashMap<>();

	private final Map<String, String> apiKeys;

	/**
	 * Assigns the keys.
	 * @param apiKeys the entries
	 * @param names the endpoints
	 * @param variable which entries are environment variables
	 */
	ApiKeyAssignment(Map<String, String> apiKeys, EndpointNames names, Predicate<String> variable) {
		this.apiKeys = apiKeys;
		apiKeys.forEach((entry, key) -> assign(endpoint(names, entry, variable.test(entry)), entry, key));
	}

	private static String endpoint(EndpointNames names, String entry, boolean variable) {
		String property = PREFIX + entry;
		String name = variable ? names.findByLetters(entry, property) : names.find(entry, property);
		if (name == null) {
			throw names.unmatched(entry, property);
		}
		return name;
	}

	private void assign(String endpoint, String entry, String key) {
		String other = this.entries.putIfAbsent(endpoint, entry);
		if (other != null && !key.equals(this.apiKeys.get(other))) {
			throw new InvalidFallbackConfigurationException(PREFIX + entry,
					"a second key for endpoint " + endpoint + ", which " + PREFIX + other + " has one for",
					"Keep one of the two entries.");
		}
	}

	/**
	 * Returns the key of an endpoint.
	 * @param endpoint name of the endpoint
	 * @return the key, possibly blank, or {@code null} if no entry is for the endpoint
	 */
	@Nullable String keyOf(String endpoint) {
		String entry = this.entries.get(endpoint);
		return (entry != null) ? this.apiKeys.get(entry) : null;
	}

	/**
	 * Returns the property that holds the key of an endpoint.
	 * @param endpoint name of the endpoint
	 * @return the name of the property, or {@code null} if no entry is for the endpoint
	 */
	@Nullable String propertyOf(String endpoint) {
		String entry = this.entries.get(endpoint);
		return (entry != null) ? PREFIX + entry : null;
	}

}
