// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class RemoteLimitsTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("fallback.ai.endpoints[0].name",
			"gpt-4.1");

	@Test
	void areThoseOfTheLibraryUnlessTheApplicationSetsSome() {
		assertThat(RemoteLimits.of("gpt-4.1", new ConfiguredEndpoints(this.environment)))
			.containsOnly(entry("fallback.ai.overrides.gpt-4.1.timeout.first-content", "15s"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "endpoints[0].timeout.first-content=1s", "endpoints[0].timeout.firstContent=1s",
			"defaults.timeout.first-content=1s", "overrides.gpt-4.1.timeout.first-content=1s",
			"endpoints[0].reasoning=true", "defaults.reasoning=true", "endpoints[0].url=http://localhost:11434/v1",
			"attempt-timeouts[0]=2s", "attempt-timeouts=2s,5s", "chains.smart.attempt-timeouts[0]=2s",
			"chains.smart.attemptTimeouts=2s" })
	void areLeftToTheApplication(String property) {
		int end = property.indexOf('=');
		this.environment.setProperty("fallback.ai." + property.substring(0, end), property.substring(end + 1));
		assertThat(RemoteLimits.of("gpt-4.1", new ConfiguredEndpoints(this.environment))).isEmpty();
	}

}
