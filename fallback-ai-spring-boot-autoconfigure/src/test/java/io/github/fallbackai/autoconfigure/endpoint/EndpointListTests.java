// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EndpointListTests {

	private static final String[] TWO = { "fallback.ai.endpoints[0].name=my-primary",
			"fallback.ai.endpoints[0].model=large", "fallback.ai.endpoints[1].name=backup",
			"fallback.ai.endpoints[1].model=small" };

	@Test
	void findsTheListWithItsElements() {
		EndpointList list = EndpointList.find(ConfigurationFixture.file(TWO).environment());
		assertThat(list).isNotNull();
		assertThat(list.elements()).extracting(EndpointProperties::getName).containsExactly("my-primary", "backup");
	}

	@Test
	void findsNothingWithoutAList() {
		assertThat(EndpointList.find(ConfigurationFixture.file("fallback.ai.deadline=1m").environment())).isNull();
	}

	@Test
	void findsNothingWhenAStrongerSourceEmptiesTheList() {
		ConfigurationFixture configuration = ConfigurationFixture.file(TWO).withVariables("FALLBACK_AI_ENDPOINTS=");
		assertThat(EndpointList.find(configuration.environment())).isNull();
	}

	@Test
	void takesAWholeListOfEnvironmentVariables() {
		ConfigurationFixture configuration = ConfigurationFixture.file()
			.withVariables("FALLBACK_AI_ENDPOINTS_0_MODEL=large", "FALLBACK_AI_ENDPOINTS_0_APIKEY=sk-secret");
		EndpointList list = EndpointList.find(configuration.environment());
		assertThat(list).isNotNull();
		assertThat(list.elements()).singleElement().extracting(EndpointProperties::getModel).isEqualTo("large");
	}

	@Test
	void letsAWholeListReplaceAnother() {
		ConfigurationFixture configuration = ConfigurationFixture.file(TWO)
			.withFile("test", "fallback.ai.endpoints[0].url=http://localhost:1", "fallback.ai.endpoints[0].model=test");
		EndpointList list = EndpointList.find(configuration.environment());
		assertThat(list).isNotNull();
		assertThat(list.elements()).singleElement().extracting(EndpointProperties::getModel).isEqualTo("test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "APIKEY=sk-secret", "URL=http://localhost:1", "MODEL=other", "TIMEOUT_IDLE=1s" })
	void recognisesAVariableThatReplacesTheWholeListByAPartOfItsFirstElement(String variable) {
		ConfigurationFixture configuration = ConfigurationFixture.file(TWO)
			.withVariables("FALLBACK_AI_ENDPOINTS_0_" + variable);
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> EndpointList.find(configuration.environment()))
			.satisfies((ex) -> {
				assertThat(ex.property()).startsWith("fallback.ai.endpoints[0].");
				assertThat(ex.reason()).contains("does not merge lists").doesNotContain("sk-secret");
				assertThat(ex.action()).contains("FALLBACK_AI_APIKEYS_MYPRIMARY", "fallback.ai.api-keys.my-primary",
						"FALLBACK_AI_OVERRIDES_MYPRIMARY_<PROPERTY>", "fallback.ai.overrides.my-primary.<property>");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "name=my-primary", "url=http://localhost:1", "model=other" })
	void recognisesAFileThatReplacesTheWholeListByAPartOfItsFirstElement(String property) {
		ConfigurationFixture configuration = ConfigurationFixture.file(TWO)
			.withFile("test", "fallback.ai.endpoints[0]." + property);
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> EndpointList.find(configuration.environment()))
			.satisfies((ex) -> assertThat(ex.action()).contains("fallback.ai.overrides.my-primary.<property>"));
	}

	@Test
	void recognisesVariablesThatReplaceTheWholeListByANamelessElement() {
		ConfigurationFixture configuration = ConfigurationFixture.file(TWO)
			.withVariables("FALLBACK_AI_ENDPOINTS_0_URL=http://localhost:1", "FALLBACK_AI_ENDPOINTS_0_MODEL=other");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> EndpointList.find(configuration.environment()));
	}

	@Test
	void recognisesAVariableForALaterElement() {
		ConfigurationFixture configuration = ConfigurationFixture.file(TWO)
			.withVariables("FALLBACK_AI_ENDPOINTS_1_APIKEY=sk-secret");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> EndpointList.find(configuration.environment()))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[1].apikey");
				assertThat(ex.reason()).doesNotContain("sk-secret");
				assertThat(ex.action()).contains("FALLBACK_AI_APIKEYS_BACKUP");
			});
	}

	@Test
	void saysWhichNameToUseWhenTheListHasNone() {
		ConfigurationFixture configuration = ConfigurationFixture.file("fallback.ai.endpoints[0].model=large")
			.withVariables("FALLBACK_AI_ENDPOINTS_0_APIKEY=sk-secret");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> EndpointList.find(configuration.environment()))
			.satisfies((ex) -> assertThat(ex.action()).contains("FALLBACK_AI_APIKEYS_<NAME>"));
	}

	@Test
	void namesTheIndexThatIsMissing() {
		assertGap(ConfigurationFixture.file("fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].name=my-primary", "fallback.ai.endpoints[2].name=backup",
				"fallback.ai.endpoints[2].model=small"), 2, 1);
		assertGap(ConfigurationFixture.file("fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].model=small"), 1, 0);
		assertGap(ConfigurationFixture.file("fallback.ai.endpoints[1].api-key=sk-secret"), 1, 0);
		assertGap(
				ConfigurationFixture.file(TWO)
					.withFile("test", "fallback.ai.endpoints[1].name=other", "fallback.ai.endpoints[1].model=small"),
				1, 0);
	}

	private static void assertGap(ConfigurationFixture configuration, int present, int missing) {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> EndpointList.find(configuration.environment()))
			.satisfies((ex) -> {
				assertThat(ex.property()).startsWith("fallback.ai.endpoints[" + present + "]");
				assertThat(ex.reason()).isEqualTo("index " + missing + " is missing");
				assertThat(ex.action()).isEqualTo("Number the elements from 0 without gaps.");
			});
	}

	@Test
	void leavesAnUnreadableValueToItsOwnAnalysis() {
		ConfigurationFixture configuration = ConfigurationFixture.file("fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].timeout.idle=soon");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> EndpointList.find(configuration.environment()))
			.satisfies((ex) -> assertThat(ex.getName()).hasToString("fallback.ai.endpoints[0].timeout.idle"));
	}

}
