// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.StateStoreType;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.AuthScheme;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.policy.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What IDEs say about properties.
 */
class ConfigurationHintsTests {

	private static final Path ADDITIONAL = Path
		.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json");

	private static final String DEFAULTS = "fallback.ai.defaults.";

	private static final String ELEMENT = "fallback.ai.endpoints[].";

	private static final ObjectMapper JSON = new ObjectMapper();

	/**
	 * Spring Boot's processor describes the defaults, which are one object, but not the
	 * elements of a list.
	 */
	@Test
	void everyPropertyOfAListElementIsExplainedLikeThatOfTheDefaults() throws Exception {
		List<JsonNode> expected = new ArrayList<>();
		metadata().get("properties").forEach((property) -> {
			if (name(property).startsWith(DEFAULTS)) {
				expected.add(ofElement(property));
			}
		});
		ObjectNode additional = (ObjectNode) JSON.readTree(ADDITIONAL.toFile());
		List<JsonNode> properties = new ArrayList<>();
		additional.get("properties").forEach(properties::add);
		List<JsonNode> present = properties.stream().filter((property) -> name(property).startsWith(ELEMENT)).toList();
		if ("write".equals(System.getProperty("fallback-ai.docs"))) {
			properties.removeAll(present);
			properties.addAll(expected);
			properties.sort(Comparator.comparing(ConfigurationHintsTests::name));
			additional.putArray("properties").addAll(properties);
			write(additional);
			return;
		}
		assertThat(present)
			.as("%s lacks something; write it with -Dtest=ConfigurationHintsTests -Dfallback-ai.docs=write", ADDITIONAL)
			.containsExactlyInAnyOrderElementsOf(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { DEFAULTS, ELEMENT })
	void everyProviderIsOffered(String prefix) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
			.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large")
			.run((context) -> assertThat(valuesOf(prefix + "provider"))
				.containsAll(context.getBean(EndpointClients.class).providers().keySet()));
	}

	@Test
	void theValuesOfAnEnumerationAreItsConstants() throws Exception {
		Map<String, Class<? extends Enum<?>>> enumerations = Map.of("fallback.ai.stream-recovery", StreamRecovery.class,
				"fallback.ai.fallback-scope", FallbackScope.class, "fallback.ai.resume-scope", ModelScope.class,
				"fallback.ai.strategy", Selection.class, "fallback.ai.state-store.type", StateStoreType.class,
				ELEMENT + "auth", AuthScheme.class, DEFAULTS + "auth", AuthScheme.class, ELEMENT + "capabilities",
				Capability.class, DEFAULTS + "capabilities", Capability.class);
		for (var enumeration : enumerations.entrySet()) {
			assertThat(valuesOf(enumeration.getKey())).as(enumeration.getKey())
				.isEqualTo(Arrays.stream(enumeration.getValue().getEnumConstants())
					.map((constant) -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
					.collect(Collectors.toSet()));
		}
	}

	@Test
	void everyPropertyHasADescription() throws Exception {
		assertThat(metadata().get("properties")).allSatisfy(
				(property) -> assertThat(property.path("description").asText()).as(name(property)).isNotBlank());
	}

	private static ObjectNode ofElement(JsonNode property) {
		ObjectNode element = JSON.createObjectNode();
		element.put("name", ELEMENT + name(property).substring(DEFAULTS.length()));
		Stream.of("type", "description", "defaultValue")
			.filter(property::has)
			.forEach((key) -> element.set(key, property.get(key)));
		return element;
	}

	private static void write(JsonNode metadata) throws IOException {
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
			.withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
		printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
		Files.writeString(ADDITIONAL, JSON.writer(printer).writeValueAsString(metadata) + '\n');
	}

	private static Set<String> valuesOf(String property) throws IOException {
		for (JsonNode hint : metadata().get("hints")) {
			if (name(hint).equals(property)) {
				return Set.copyOf(hint.get("values").findValuesAsText("value"));
			}
		}
		throw new AssertionError("no hint: " + property);
	}

	private static String name(JsonNode node) {
		return node.get("name").asText();
	}

	private static JsonNode metadata() throws IOException {
		try (var metadata = FallbackAiProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JSON.readTree(metadata);
		}
	}

}
