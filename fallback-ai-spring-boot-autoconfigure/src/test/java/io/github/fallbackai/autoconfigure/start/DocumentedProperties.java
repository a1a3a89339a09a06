// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;

/**
 * The properties of the configuration metadata, from which the reference is written.
 */
final class DocumentedProperties {

	private static final String PREFIX = "fallback.ai.";

	private DocumentedProperties() {
	}

	/**
	 * The types of all properties by name; elements of the list of endpoints are left
	 * out.
	 */
	static Map<String, String> all() {
		Map<String, String> types = new LinkedHashMap<>();
		try (var metadata = FallbackAiAutoConfiguration.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : new ObjectMapper().readTree(metadata).get("properties")) {
				String name = property.get("name").asText();
				if (name.startsWith(PREFIX) && !name.contains("[]")) {
					types.put(name, property.path("type").asText());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return types;
	}

	/** Names of the properties of a type. */
	static List<String> ofType(String type) {
		List<String> names = new ArrayList<>();
		all().forEach((name, other) -> {
			if (other.equals(type)) {
				names.add(name);
			}
		});
		return names;
	}

}
