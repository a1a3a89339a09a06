// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replaces the real keys of simulated endpoints where they are: as a key, in a file, or
 * in a header.
 */
final class HarmlessKeys {

	private static final String KEY = "simulated";

	private static final Set<String> HEADERS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	static {
		HEADERS.addAll(Set.of("Authorization", "Proxy-Authorization", "api-key", "x-api-key", "x-goog-api-key"));
	}

	private HarmlessKeys() {
	}

	/**
	 * Makes the overrides of an endpoint.
	 * @param endpoint its name
	 * @param endpoints where its real key is configured
	 * @return the properties
	 */
	static Map<String, Object> of(String endpoint, ConfiguredEndpoints endpoints) {
		Map<String, Object> keys = new LinkedHashMap<>();
		endpoints.headers(endpoint)
			.stream()
			.filter(HEADERS::contains)
			.forEach((header) -> keys.put(name(endpoint, "headers." + header), KEY));
		if (endpoints.value(endpoint, "spare-api-keys[0]") != null) {
			keys.put(name(endpoint, "spare-api-keys[0]"), KEY);
		}
		if (endpoints.value(endpoint, "api-key-file") != null) {
			keys.put(name(endpoint, "api-key-file"), file().toString());
		}
		else if (keys.isEmpty()) {
			keys.put(name(endpoint, "api-key"), KEY);
		}
		return keys;
	}

	private static String name(String endpoint, String property) {
		return ConfiguredEndpoints.override(endpoint, property).toString();
	}

	private static Path file() {
		try {
			Path file = Files.createTempFile("simulated", ".key");
			file.toFile().deleteOnExit();
			return Files.writeString(file, KEY);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
