// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class ChainFactoryTests {

	private static final String[] THREE = { "fallback.ai.endpoints[0].name=primary",
			"fallback.ai.endpoints[0].model=large", "fallback.ai.endpoints[1].name=backup",
			"fallback.ai.endpoints[1].model=small", "fallback.ai.endpoints[2].name=local",
			"fallback.ai.endpoints[2].model=tiny" };

	@Test
	void keepsTheOrderOfTheList() {
		assertThat(ConfigurationFixture.file(THREE).chain()).extracting(Endpoint::name)
			.containsExactly("primary", "backup", "local");
	}

	@Test
	void putsThePreferredEndpointInFront() {
		assertThat(configuration("fallback.ai.overrides.local.preferred=true").chain()).extracting(Endpoint::name)
			.containsExactly("local", "primary", "backup");
	}

	@Test
	void refusesTwoPreferredEndpoints() {
		ConfigurationFixture configuration = configuration("fallback.ai.overrides.backup.preferred=true",
				"fallback.ai.overrides.local.preferred=true");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::chain)
			.withMessage("fallback.ai.overrides.local.preferred: endpoint backup is preferred already");
	}

	@Test
	void leavesOutWhatIsOffAndSaysSo(CapturedOutput output) {
		ConfigurationFixture configuration = configuration("fallback.ai.api-keys.primary=",
				"fallback.ai.overrides.backup.enabled=false", "fallback.ai.api-keys.local=sk-secret");
		assertThat(configuration.chain()).extracting(Endpoint::name).containsExactly("local");
		assertThat(output).contains("Endpoint primary is off: fallback.ai.api-keys.primary is blank")
			.contains("Endpoint backup is off: fallback.ai.overrides.backup.enabled is false")
			.contains("Fallback chain: local (openai, tiny)")
			.doesNotContain("sk-secret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			enabled=false | enabled=false | Set enabled to true for at least one endpoint.
			enabled=false | api-key= | Set enabled to true for an endpoint, or give one that is enabled a key.
			api-key= | api-key= | Give at least one endpoint a key, or remove its api-key if it needs none.
			""")
	void saysHowToSwitchAnEndpointOn(String first, String second, String cure) {
		ConfigurationFixture configuration = ConfigurationFixture.file("fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].model=small", "fallback.ai.endpoints[0]." + first,
				"fallback.ai.endpoints[1]." + second);
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::configured)
			.satisfies((ex) -> assertThat(ex.action()).isEqualTo(cure));
	}

	@Test
	void refusesToStartWithNothing() {
		ConfigurationFixture configuration = configuration("fallback.ai.defaults.api-key= ",
				"fallback.ai.overrides.local.enabled=false");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::chain)
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints");
				assertThat(ex.reason())
					.isEqualTo("every endpoint is off: primary (fallback.ai.defaults.api-key is blank),"
							+ " backup (fallback.ai.defaults.api-key is blank), local (fallback.ai.overrides.local.enabled is false)");
			});
	}

	@Test
	void knowsWhetherAModelReasons() {
		assertThat(configuration("fallback.ai.overrides.local.reasoning=true").chain("default").settings().deadline())
			.isEqualTo(Duration.ofMinutes(5));
		assertThat(configuration().chain("default").settings().deadline()).isEqualTo(Duration.ofMinutes(2));
	}

	private static ConfigurationFixture configuration(String... properties) {
		return ConfigurationFixture.file(THREE).withFile("more", properties);
	}

}
