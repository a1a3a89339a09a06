// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EndpointLayersTests {

	private static final String NAME = "fallback.ai.endpoints[0].name=my-primary";

	private static final String MODEL = "fallback.ai.endpoints[0].model=large";

	@Test
	void makesNamesOfModelsThatFitIntoAPath() {
		assertThat(ConfigurationFixture
			.file("fallback.ai.endpoints[0].model=meta-llama/llama-3",
					"fallback.ai.overrides.openai-meta-llama-llama-3.url=http://localhost:1",
					"fallback.ai.api-keys.[openai-meta-llama/llama-3]=sk-secret")
			.layered()).singleElement().satisfies((endpoint) -> {
				assertThat(endpoint.name()).isEqualTo("openai-meta-llama-llama-3");
				assertThat(endpoint.model()).isEqualTo("meta-llama/llama-3");
				assertThat(endpoint.properties().getUrl()).isEqualTo("http://localhost:1");
				assertThat(endpoint.properties().apiKey()).isEqualTo("sk-secret");
			});
	}

	@Test
	void defaultsApplyToWhatAnEndpointDoesNotSet() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.endpoints[0].timeout.idle=7s", "fallback.ai.defaults.timeout.idle=1s",
					"fallback.ai.defaults.timeout.total=2m", "fallback.ai.defaults.unary-as-stream=false")
			.layered()
			.get(0);
		assertThat(endpoint.properties().getTimeout().getIdle()).isEqualTo(Duration.ofSeconds(7));
		assertThat(endpoint.properties().getTimeout().getTotal()).isEqualTo(Duration.ofMinutes(2));
		assertThat(endpoint.properties().isUnaryAsStream()).isFalse();
	}

	@Test
	void overridesWinOverEverything() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.endpoints[0].api-key=sk-list", "fallback.ai.api-keys.my-primary=sk-map",
					"fallback.ai.defaults.timeout.idle=1s", "fallback.ai.overrides.my-primary.api-key=sk-override",
					"fallback.ai.overrides.my-primary.timeout.idle=9s", "fallback.ai.overrides.my-primary.model=small")
			.layered()
			.get(0);
		assertThat(endpoint.properties().apiKey()).isEqualTo("sk-override");
		assertThat(endpoint.properties().getTimeout().getIdle()).isEqualTo(Duration.ofSeconds(9));
		assertThat(endpoint.model()).isEqualTo("small");
		assertThat(endpoint.property("api-key")).isEqualTo("fallback.ai.overrides.my-primary.api-key");
	}

	@Test
	void theKeyByNameWinsOverTheKeyInTheList() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.endpoints[0].api-key=sk-list", "fallback.ai.api-keys.my-primary=sk-map")
			.layered()
			.get(0);
		assertThat(endpoint.properties().apiKey()).isEqualTo("sk-map");
		assertThat(endpoint.property("api-key")).isEqualTo("fallback.ai.api-keys.my-primary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "FALLBACK_AI_APIKEYS_MYPRIMARY", "FALLBACK_AI_APIKEYS_MY_PRIMARY" })
	void environmentVariablesSetKeysByName(String variable) {
		LayeredEndpointProperties endpoint = ConfigurationFixture.file(NAME, MODEL)
			.withVariables(variable + "=sk-variable")
			.layered()
			.get(0);
		assertThat(endpoint.properties().apiKey()).isEqualTo("sk-variable");
	}

	@Test
	void recognisesAnUnderscoreThatTurnsAVariableIntoAnotherProperty() {
		ConfigurationFixture configuration = ConfigurationFixture.file(NAME, MODEL)
			.withVariables("FALLBACK_AI_API_KEYS_MYPRIMARY=sk-secret");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::layered)
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.api.keys.myprimary");
				assertThat(ex.action()).contains("FALLBACK_AI_APIKEYS_MYPRIMARY");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "FALLBACK_AI_OVERRIDES_MYPRIMARY_CIRCUITBREAKER_WINDOW",
			"FALLBACK_AI_OVERRIDES_MY_PRIMARY_CIRCUITBREAKER_WINDOW" })
	void environmentVariablesOverrideByName(String variable) {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.overrides.my-primary.circuit-breaker.window=30")
			.withVariables(variable + "=40")
			.layered()
			.get(0);
		assertThat(endpoint.properties().getCircuitBreaker().getWindow()).isEqualTo(40);
	}

	@Test
	void overridesMayNameAnEndpointWithDots() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file("fallback.ai.endpoints[0].model=llama3.1",
					"fallback.ai.overrides.openai-llama3.1.url=http://localhost:1",
					"fallback.ai.overrides[openai-llama3.1].auth=none")
			.layered()
			.get(0);
		assertThat(endpoint.name()).isEqualTo("openai-llama3.1");
		assertThat(endpoint.properties().getUrl()).isEqualTo("http://localhost:1");
		assertThat(endpoint.properties().getAuth()).hasToString("NONE");
	}

	@Test
	void overridesOfTheEndpointWithTheLongerNameAreItsOwn() {
		List<LayeredEndpointProperties> endpoints = ConfigurationFixture
			.file("fallback.ai.endpoints[0].name=gpt", "fallback.ai.endpoints[0].model=large",
					"fallback.ai.endpoints[1].name=gpt-mini", "fallback.ai.endpoints[1].model=small")
			.withVariables("FALLBACK_AI_OVERRIDES_GPT_MINI_URL=http://localhost:1")
			.layered();
		assertThat(endpoints).extracting((endpoint) -> endpoint.properties().getUrl())
			.containsExactly(null, "http://localhost:1");
	}

	@Test
	void headersOfAllLayersCome() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.defaults.headers.X-Team=chat", "fallback.ai.defaults.headers.X-Tier=gold",
					"fallback.ai.endpoints[0].headers.X-Tier=silver")
			.layered()
			.get(0);
		assertThat(endpoint.properties().getHeaders())
			.containsExactlyInAnyOrderEntriesOf(Map.of("X-Team", "chat", "X-Tier", "silver"));
	}

	@Test
	void namesTheLayerThatDecides() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.defaults.timeout.idle=1s", "fallback.ai.defaults.timeout.total=1s",
					"fallback.ai.endpoints[0].timeout.total=1s", "fallback.ai.overrides.my-primary.auth=none")
			.layered()
			.get(0);
		assertThat(endpoint.property("timeout.idle")).isEqualTo("fallback.ai.defaults.timeout.idle");
		assertThat(endpoint.property("timeout.total")).isEqualTo("fallback.ai.endpoints[0].timeout.total");
		assertThat(endpoint.property("auth")).isEqualTo("fallback.ai.overrides.my-primary.auth");
		assertThat(endpoint.property("url")).isEqualTo("fallback.ai.endpoints[0].url");
	}

	@Test
	void refusesAnOverrideWithoutEndpoint() {
		ConfigurationFixture configuration = ConfigurationFixture.file(NAME, MODEL,
				"fallback.ai.overrides.third.api-key=sk-secret");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::layered)
			.withMessage("fallback.ai.overrides.third: matches no endpoint (endpoints: my-primary)");
	}

	@Test
	void refusesToOverrideAName() {
		ConfigurationFixture configuration = ConfigurationFixture.file(NAME, MODEL,
				"fallback.ai.overrides.my-primary.name=other");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::layered)
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("fallback.ai.overrides.my-primary.name"));
	}

	@Test
	void refusesTwoEndpointsWithOneName() {
		ConfigurationFixture configuration = ConfigurationFixture.file("fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=openai-large", "fallback.ai.endpoints[1].model=small");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::layered)
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[1].name");
				assertThat(ex.reason()).contains("openai-large");
			});
	}

	@Test
	void aListIsNotMixedWithTheOneItReplaces() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.endpoints[0].api-key=sk-secret")
			.withFile("test", "fallback.ai.endpoints[0].name=test", "fallback.ai.endpoints[0].model=small")
			.layered()
			.get(0);
		assertThat(endpoint.name()).isEqualTo("test");
		assertThat(endpoint.properties().apiKey()).isNull();
	}

	@Test
	void placeholdersAreResolved() {
		LayeredEndpointProperties endpoint = ConfigurationFixture
			.file(NAME, MODEL, "fallback.ai.endpoints[0].api-key=${MY_KEY:}", "MY_KEY=sk-secret")
			.layered()
			.get(0);
		assertThat(endpoint.properties().apiKey()).isEqualTo("sk-secret");
	}

}
