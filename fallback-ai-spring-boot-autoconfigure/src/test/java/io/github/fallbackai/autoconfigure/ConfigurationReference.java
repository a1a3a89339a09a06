// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.failure.FailureKind;

/**
 * Writes the tables of {@code docs/configuration.md} from the configuration metadata.
 */
final class ConfigurationReference {

	private static final String PREFIX = FallbackAiProperties.PREFIX + ".";

	private static final String ENDPOINT = PREFIX + "defaults.";

	private static final Map<String, String> TYPES = Map.of("java.time.Duration", "duration", "java.lang.String",
			"text", "java.lang.Boolean", "true, false", "java.lang.Integer", "whole number", "java.lang.Float",
			"number", "java.lang.Double", "number", "java.math.BigDecimal", "number", "java.lang.Object", "value",
			"org.springframework.util.unit.DataSize", "size", FailureKind.class.getName(), "kinds of failure");

	private final List<JsonNode> properties;

	private ConfigurationReference(List<JsonNode> properties) {
		this.properties = properties;
	}

	static ConfigurationReference read() throws Exception {
		try (var metadata = ConfigurationReference.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonNode properties = new ObjectMapper().readTree(metadata).get("properties");
			return new ConfigurationReference(StreamSupport.stream(properties.spliterator(), false).toList());
		}
	}

	/** What every endpoint has, with names below the endpoint. */
	String endpointTable() {
		return table(this.properties.stream().filter(ConfigurationReference::ofEndpoint).toList(), ENDPOINT);
	}

	/**
	 * Everything else below {@code fallback.ai}; what Spring Boot has for every
	 * management endpoint is explained there.
	 */
	String commonTable() {
		return table(this.properties.stream()
			.filter((property) -> name(property).startsWith(PREFIX) && !ofEndpoint(property)
					&& !name(property).contains("[]"))
			.toList(), PREFIX);
	}

	String failureKinds() {
		return constants(FailureKind.class.getName()) + '\n';
	}

	private static boolean ofEndpoint(JsonNode property) {
		return name(property).startsWith(ENDPOINT);
	}

	private static String name(JsonNode property) {
		return property.get("name").asText();
	}

	private static String table(List<JsonNode> properties, String prefix) {
		StringBuilder table = new StringBuilder("| property | value | default | meaning |\n|---|---|---|---|\n");
		for (JsonNode property : properties) {
			table.append("| `").append(name(property).substring(prefix.length())).append("` | ");
			table.append(type(property.path("type").asText())).append(" | ");
			table.append(defaultValue(property.path("defaultValue"))).append(" | ");
			table.append(property.path("description").asText().replace("|", "\\|")).append(" |\n");
		}
		return table.toString();
	}

	private static String type(String type) {
		if (type.startsWith("java.util.Map<")) {
			String value = type.substring(type.indexOf(',') + 1, type.length() - 1);
			return value.contains("autoconfigure") ? "by name" : type(value) + " by name";
		}
		if (type.endsWith(">")) {
			String element = type.substring(type.indexOf('<') + 1, type.length() - 1);
			return element.contains("autoconfigure") ? "list" : "list of " + type(element);
		}
		String known = TYPES.get(type);
		return (known != null) ? known : constants(type);
	}

	private static String constants(String type) {
		try {
			return Arrays.stream(Class.forName(type).getEnumConstants())
				.map((constant) -> '`' + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + '`')
				.collect(Collectors.joining(", "));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("a type without words in this table: " + type, ex);
		}
	}

	private static String defaultValue(JsonNode value) {
		if (value.isMissingNode() || value.isNull()) {
			return "";
		}
		List<String> values = new ArrayList<>();
		(value.isArray() ? value : List.of(value)).forEach((element) -> values.add('`' + element.asText() + '`'));
		return String.join(", ", values);
	}

}
