// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.ProviderSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = SimulatorContextCustomizerTests.Application.class,
		properties = "fallback.ai.overrides.primary.url=http://127.0.0.1:1/v1")
class SimulatorContextCustomizerTests extends TestWithBackup {

	@RegisterExtension
	static ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	static ProviderSimulator unregistered = ProviderSimulator.forEndpoint("unregistered");

	@RegisterExtension
	static ProviderSimulatorExtension nameless = ProviderSimulatorExtension.create();

	@Autowired
	private Environment environment;

	@Test
	void leadsEndpointsToTheSimulatorsOfTheTest() {
		assertThat(this.environment.getProperty("fallback.ai.overrides.primary.url")).isEqualTo(primary.url());
		assertThat(this.environment.getProperty("fallback.ai.overrides.backup.url")).isEqualTo(backup.url());
	}

	@Test
	void leavesOtherEndpointsAlone() {
		assertThat(this.environment.containsProperty("fallback.ai.overrides.unregistered.url")).isFalse();
		assertThat(this.environment.containsProperty("fallback.ai.overrides..url")).isFalse();
	}

	@Test
	void usesNoSystemProperties() {
		assertThat(System.getProperties().stringPropertyNames()).noneMatch((name) -> name.startsWith("fallback.ai"));
	}

	@Nested
	class InANestedClass {

		@Test
		void findsThemToo(@Autowired Environment nested) {
			assertThat(nested.getProperty("fallback.ai.overrides.primary.url")).isEqualTo(primary.url());
			assertThat(nested.getProperty("fallback.ai.overrides.backup.url")).isEqualTo(backup.url());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
