// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "fallback.ai.api-keys.primary", "FALLBACK_AI_APIKEYS_PRIMARY",
			"fallback.ai.endpoints[0].api-key", "fallback.ai.endpoints[12].apiKey", "FALLBACK_AI_ENDPOINTS_0_APIKEY",
			"fallback.ai.defaults.api_key", "fallback.ai.overrides.my-primary.api-key",
			"fallback.ai.endpoints[0].headers.Authorization", "fallback.ai.defaults.headers.X-Team",
			"fallback.ai.endpoints[0].spare-api-keys[1]", "FALLBACK_AI_DEFAULTS_SPAREAPIKEYS_0",
			"fallback.ai.gateway.clients.web.api-key" })
	void knowsSecretsByName(String name) {
		assertThat(SecretProperties.isSecret(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fallback.ai.endpoints[0].url", "fallback.ai.endpoints[0].name", "fallback.ai.deadline",
			"fallback.ai.endpoints[0].api-key-file", "spring.application.name", "other.api-key" })
	void knowsWhatIsNone(String name) {
		assertThat(SecretProperties.isSecret(name)).isFalse();
	}

	@Test
	void findsTheValuesWhereverTheyComeFrom() {
		SecretProperties secrets = new SecretProperties(ConfigurationFixture
			.file("fallback.ai.endpoints[0].api-key=${MY_KEY:}", "MY_KEY=sk-1", "fallback.ai.endpoints[1].api-key=",
					"fallback.ai.endpoints[0].headers.Authorization=Bearer sk-2",
					"fallback.ai.endpoints[0].headers.X-Team=chat", "fallback.ai.overrides.primary.api-key= sk-3 ",
					"fallback.ai.endpoints[0].spare-api-keys[0]=sk-5", "fallback.ai.endpoints[0].model=large")
			.withVariables("FALLBACK_AI_APIKEYS_PRIMARY=sk-4")
			.environment());
		assertThat(secrets.values()).containsExactlyInAnyOrder("sk-1", "sk-2", "sk-3", "sk-4", "sk-5");
	}

}
