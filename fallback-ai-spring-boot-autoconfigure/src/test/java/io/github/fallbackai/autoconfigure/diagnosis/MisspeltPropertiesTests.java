// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user sees who misspelt a property. What others named is left alone.
 */
@ExtendWith(OutputCaptureExtension.class)
class MisspeltPropertiesTests {

	@ParameterizedTest
	@CsvSource({ "endpoints[0].api-kee, api-key", "deadlin, deadline",
			"endpoints[0].circuit-breaker.failure-treshold, failure-threshold", "defaults.circuitbreaker.windw, window",
			"overrides.primary.ulr, url", "overrides.primary.timeout.idel, idle",
			"gateway.clients.web.api-kye, api-key", "overrides.gpt.4.timeout.idel, idle", "endpoints[0].base-url, url",
			"endpoints[0].key, api-key" })
	void namesThePropertyThatDoesNotExist(String property, String meant, CapturedOutput output) {
		FailureAnalysisTests.fail(FailureAnalysisTests.App.class,
				"fallback.ai." + property + "=" + FailureAnalysisTests.KEY);
		FailureAnalysisTests.assertAnalysis(output, "Property: fallback.ai." + property,
				"Origin: \"fallback.ai." + property + "\"", "Reason: there is no such property",
				"Did you mean " + meant + "?");
	}

	@Test
	void namesThePropertyOfAChainThatDoesNotExist(CapturedOutput output) {
		FailureAnalysisTests.fail(FailureAnalysisTests.App.class, "fallback.ai.chains.a.endpoints=primary",
				"fallback.ai.chains.a.deadlin=5s");
		FailureAnalysisTests.assertAnalysis(output, "Property: fallback.ai.chains.a.deadlin", "Did you mean deadline?");
	}

	@Test
	void warnsOfThePropertyThatDoesNotExistAndResemblesNone(CapturedOutput output) {
		List<String> properties = new ArrayList<>(List.of(FailureAnalysisTests.ENDPOINT));
		properties.add("fallback.ai.endpoints[0].timeout.serenity=5s");
		FailureAnalysisTests.application(FailureAnalysisTests.App.class, Map.of(), properties.toArray(String[]::new))
			.run();
		assertThat(output).contains("There is no property fallback.ai.endpoints[0].timeout.serenity: it is ignored."
				+ " Correct or remove it. Known here: connect, first-content, idle, total.");
	}

	@Test
	void passesOverWhatStandsBelowAPropertyThatHasNothingBelow() {
		List<String> properties = new ArrayList<>(List.of(FailureAnalysisTests.ENDPOINT));
		properties.add("fallback.ai.endpoints[0].reasoning.effort=high");
		properties.add("fallback.ai.max-attempts.default=3");
		FailureAnalysisTests.application(FailureAnalysisTests.App.class, Map.of(), properties.toArray(String[]::new))
			.run();
	}

	@Test
	void namesTheMisspeltListWithoutWhichThereIsNoEndpoint(CapturedOutput output) {
		assertThatException().isThrownBy(() -> FailureAnalysisTests
			.application(FailureAnalysisTests.App.class, Map.of(), "fallback.ai.endpionts[0].model=large")
			.run());
		FailureAnalysisTests.assertAnalysis(output, "Property: fallback.ai.endpionts[0].model",
				"Did you mean endpoints?");
	}

	@Test
	void namesTheNameThatIsGivenToAllEndpoints(CapturedOutput output) {
		FailureAnalysisTests.fail(FailureAnalysisTests.App.class, "fallback.ai.defaults.name=all");
		FailureAnalysisTests.assertAnalysis(output, "Property: fallback.ai.defaults.name",
				"Reason: one name for all endpoints");
	}

	@Test
	void leavesVariablesOfTheEnvironmentAlone() {
		FailureAnalysisTests.application(FailureAnalysisTests.App.class,
				Map.of("FALLBACK_AI_SOMETHING_ELSE", "x", "FALLBACK_AI_DEADLIN", "5s"), FailureAnalysisTests.ENDPOINT)
			.run();
	}

	@Test
	void leavesNamesThatAreFreeAlone() {
		String[] properties = { "headers.X-Tenant=a", "headers.[X.Tenant]=a", "parameters.set.a.b.c=1",
				"parameters.default.stop[0]=a", "parameters.drop[0]=b", "retry.kinds[0]=overloaded",
				"capabilities=tools" };
		List<String> all = new ArrayList<>(List.of("fallback.ai.endpoints[0].name=gpt.4.1",
				"fallback.ai.endpoints[0].model=large", "fallback.ai.overrides.gpt.4.1.timeOut.idle=5s",
				"fallback.ai.overrides.[gpt.4.1].url=https://llm.example.com",
				"fallback.ai.api-keys.gpt.4.1=" + FailureAnalysisTests.KEY,
				"fallback.ai.chains.[a.b].endpoints[0]=gpt.4.1", "fallback.ai.default-chain=a.b",
				"fallback.ai.attempt-timeouts[0]=5s", "fallback.ai.hedge.max_ratio=0.1", "fallback.ai.hedge.delay=p95",
				"fallback.aid=x"));
		for (String property : properties) {
			all.add("fallback.ai.defaults." + property);
		}
		FailureAnalysisTests.application(FailureAnalysisTests.App.class, Map.of(), all.toArray(String[]::new)).run();
	}

}
