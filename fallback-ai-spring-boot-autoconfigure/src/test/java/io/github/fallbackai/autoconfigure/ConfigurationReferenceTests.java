// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/configuration.md} and the hints for IDEs to the properties classes.
 * With {@code -Dfallback-ai.docs=write} it writes the tables instead of comparing them.
 */
class ConfigurationReferenceTests {

	private static final Path PAGE = Path.of("../docs/configuration.md");

	private static final String HOW_TO_WRITE = "%s is not what the properties say; write it with "
			+ "-Dtest=ConfigurationReferenceTests -Dfallback-ai.docs=write";

	@Test
	void thePageHasEveryPropertyWithItsDefault() throws Exception {
		ConfigurationReference reference = ConfigurationReference.read();
		String page = Files.readString(PAGE);
		String expected = replace(page, "endpoint properties", reference.endpointTable());
		expected = replace(expected, "common properties", reference.commonTable());
		expected = replace(expected, "kinds of failure", reference.failureKinds());
		if ("write".equals(System.getProperty("fallback-ai.docs"))) {
			Files.writeString(PAGE, expected);
			return;
		}
		assertThat(page).as(HOW_TO_WRITE, PAGE).isEqualTo(expected);
	}

	@Test
	void defaultsThatTheCompilerCannotSeeAreThoseOfTheCore() throws Exception {
		assertThat(defaultOf("fallback.ai.fallback-on")).isEqualTo(words(CallSettings.DEFAULT_FALLBACK_ON));
		assertThat(defaultOf("fallback.ai.defaults.retry.kinds")).isEqualTo(words(RetrySettings.DEFAULTS.kinds()));
		assertThat(defaultOf("fallback.ai.defaults.capabilities")).isEqualTo(words(Capability.DEFAULTS));
	}

	@Test
	void everyPropertyOfAListElementIsDescribed() throws Exception {
		List<String> described = names("properties");
		for (var property : BeanUtils.getPropertyDescriptors(EndpointProperties.class)) {
			if (!property.getName().equals("class")) {
				String name = property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
				assertThat(described).anyMatch((other) -> other.startsWith("fallback.ai.defaults." + name));
			}
		}
		assertThat(described).contains("fallback.ai.endpoints[].api-key");
	}

	@Test
	void hintsBelongToPropertiesThatExist() throws Exception {
		List<String> described = names("properties");
		assertThat(names("hints")).isNotEmpty()
			.allSatisfy((hint) -> assertThat(described)
				.contains(hint.replace("endpoints[]", "defaults").replaceAll("\\.(keys|values)$", "")));
	}

	private static String replace(String page, String marker, String table) {
		String begin = "<!-- begin " + marker + " -->\n";
		String end = "<!-- end " + marker + " -->";
		assertThat(page).contains(begin, end);
		return page.substring(0, page.indexOf(begin) + begin.length()) + table + page.substring(page.indexOf(end));
	}

	private static Set<String> defaultOf(String name) throws Exception {
		for (JsonNode property : metadata().get("properties")) {
			if (property.get("name").asText().equals(name)) {
				return Set.of(new ObjectMapper().convertValue(property.get("defaultValue"), String[].class));
			}
		}
		throw new AssertionError("no such property: " + name);
	}

	private static Set<String> words(Set<? extends Enum<?>> constants) {
		return Set.of(constants.stream()
			.map((constant) -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toArray(String[]::new));
	}

	private static List<String> names(String items) throws Exception {
		JsonNode[] nodes = new ObjectMapper().convertValue(metadata().get(items), JsonNode[].class);
		return Arrays.stream(nodes).map((node) -> node.get("name").asText()).toList();
	}

	private static JsonNode metadata() throws Exception {
		try (var metadata = FallbackAiProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return new ObjectMapper().readTree(metadata);
		}
	}

}
