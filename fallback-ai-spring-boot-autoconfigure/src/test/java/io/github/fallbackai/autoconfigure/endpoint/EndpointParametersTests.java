// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of an endpoint's parameters, options and key file.
 */
class EndpointParametersTests {

	@Test
	void hasNoneUnlessConfigured() {
		assertThat(endpoint().parameters()).isEqualTo(Parameters.NONE);
		assertThat(endpoint().options()).isEmpty();
		assertThat(endpoint().apiKeyFile()).isNull();
	}

	@Test
	void readsTextAsTheJsonItIs() {
		Parameters parameters = endpoint("parameters.default.temperature=0.2", "parameters.default.store=false",
				"parameters.set.max_tokens=100", "parameters.set.user=jane", "parameters.set.version=\"1\"",
				"parameters.set.stop[0]=END", "parameters.set.stop[1]=7",
				"parameters.set.stream_options.include_usage=true", "parameters.drop=seed,logit_bias")
			.parameters();
		assertThat(json(parameters.defaults())).isEqualTo("{\"temperature\":0.2,\"store\":false}");
		assertThat(json(parameters.set())).isEqualTo("{\"max_tokens\":100,\"user\":\"jane\",\"version\":\"1\","
				+ "\"stop\":[\"END\",7],\"stream_options\":{\"include_usage\":true}}");
		assertThat(parameters.drop()).containsExactlyInAnyOrder("seed", "logit_bias");
	}

	@Test
	void readsYamlWithItsTypes() throws IOException {
		String yaml = """
				fallback.ai.endpoints:
				  - model: large
				    parameters:
				      default: { top_p: 0.9, reasoning: { effort: low } }
				      set: { stop: [a, b], n: 1, metadata: { team_a: "x" } }
				      drop: [seed]
				""";
		PropertySource<?> source = new YamlPropertySourceLoader().load("yaml", new ByteArrayResource(yaml.getBytes()))
			.get(0);
		ConfigurationFixture fixture = ConfigurationFixture.file();
		fixture.environment().getPropertySources().addFirst(source);
		Parameters parameters = fixture.chain().get(0).parameters();
		assertThat(json(parameters.defaults())).isEqualTo("{\"top_p\":0.9,\"reasoning\":{\"effort\":\"low\"}}");
		assertThat(json(parameters.set()))
			.isEqualTo("{\"stop\":[\"a\",\"b\"],\"n\":1,\"metadata\":{\"team_a\":\"x\"}}");
		assertThat(parameters.drop()).containsExactly("seed");
	}

	@Test
	void anOverrideChangesOneParameterOfMany() {
		Endpoint endpoint = ConfigurationFixture
			.file("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
					"fallback.ai.endpoints[0].parameters.set.temperature=1",
					"fallback.ai.endpoints[0].parameters.set.top_p=1", "fallback.ai.defaults.parameters.set.seed=3",
					"fallback.ai.overrides.primary.parameters.set.temperature=0")
			.chain()
			.get(0);
		assertThat(json(endpoint.parameters().set())).contains("\"temperature\":0", "\"top_p\":1", "\"seed\":3");
	}

	@Test
	void azureHasADeploymentAndAVersion() {
		assertThat(endpoint("deployment=chat-prod", "api-version=2024-10-21").options())
			.isEqualTo(Map.of("deployment", "chat-prod", "api-version", "2024-10-21"));
		assertInvalid("deployment", "blank", "deployment= ");
	}

	@Test
	void anEndpointOfOpenAiMayHaveAnApi() {
		assertThat(endpoint("api=responses").options()).isEqualTo(Map.of("api", "responses"));
		assertThat(endpoint("api=AUTO").options()).isEqualTo(Map.of("api", "auto"));
		assertInvalid("api", "provider own has one API only", "api=chat", "provider=own",
				"url=https://llm.example.com");
	}

	@Test
	void aKeyMayBeInAFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("key"), "sk-secret");
		Endpoint endpoint = endpoint("api-key-file=" + file);
		assertThat(endpoint.apiKeyFile()).isEqualTo(file);
		assertThat(endpoint.apiKey()).isNull();
		assertInvalid("api-key-file", "the endpoint has an api-key too", "api-key-file=" + file, "api-key=sk-1");
		assertInvalid("api-key-file", "no file that can be read", "api-key-file=" + directory.resolve("none"));
		assertInvalid("api-key-file", "no file that can be read", "api-key-file=" + directory);
		assertInvalid("url", "would send the API key over plain HTTP", "api-key-file=" + file,
				"url=http://llm.example.com");
	}

	@Test
	void refusesAddressesWhereNoProviderIs() {
		assertInvalid("url", "a link-local address", "url=http://169.254.169.254/latest", "allow-insecure=true");
	}

	private static void assertInvalid(String property, String reason, String... properties) {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(() -> endpoint(properties))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[0]." + property);
				assertThat(ex.reason()).startsWith(reason);
			});
	}

	private static Endpoint endpoint(String... properties) {
		List<String> all = new ArrayList<>(List.of("fallback.ai.endpoints[0].model=large"));
		for (String property : properties) {
			all.add("fallback.ai.endpoints[0]." + property);
		}
		return ConfigurationFixture.file(all.toArray(String[]::new)).chain().get(0);
	}

	private static String json(Map<String, Object> values) {
		return ProviderJson.MAPPER.valueToTree(values).toString();
	}

}
