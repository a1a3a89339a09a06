// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.List;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EndpointNamesTests {

	@ParameterizedTest
	@ValueSource(strings = { "my-primary", "myprimary", "MY_PRIMARY", "my.primary", "My Primary" })
	void comparesLettersAndDigitsOnly(String key) {
		assertThat(new EndpointNames(List.of("my-primary", "backup")).find(key, "p")).isEqualTo("my-primary");
	}

	@Test
	void prefersTheExactName() {
		EndpointNames names = new EndpointNames(List.of("gpt-4", "gpt4"));
		assertThat(names.find("gpt4", "p")).isEqualTo("gpt4");
		assertThat(names.find("gpt-4", "p")).isEqualTo("gpt-4");
	}

	@Test
	void refusesAKeyThatMayMeanTwoEndpoints() {
		EndpointNames names = new EndpointNames(List.of("gpt-4", "gpt4"));
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> names.find("GPT_4", "fallback.ai.api-keys.GPT_4"))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("fallback.ai.api-keys.GPT_4"))
			.withMessageContaining("gpt-4, gpt4");
	}

	@Test
	void namesAllEndpointsWhenNoneMatches() {
		EndpointNames names = new EndpointNames(List.of("primary", "backup"));
		assertThat(names.find("third", "p")).isNull();
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> names.require("third", "fallback.ai.api-keys.third"))
			.withMessage("fallback.ai.api-keys.third: matches no endpoint (endpoints: primary, backup)");
	}

}
