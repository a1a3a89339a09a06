// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A duration needs its unit, wherever it is written.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class UnitsTests {

	private static final String ENDPOINT = "fallback.ai.endpoints: [ { name: primary, model: large } ]\n";

	@TempDir
	private Path directory;

	static List<String> durations() {
		List<String> names = DocumentedProperties.ofType("java.time.Duration");
		names.add("fallback.ai.hedge.delay");
		names.addAll(List.of("fallback.ai.overrides.primary.timeout.idle", "fallback.ai.chains.a.deadline",
				"fallback.ai.chains.a.hedge.delay"));
		return names;
	}

	@ParameterizedTest
	@MethodSource("durations")
	void isMissingInYaml(String property, CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT + chain(property) + property + ": 30")
			.fails(output, problem(property), "application.yaml] - ");
	}

	@ParameterizedTest
	@MethodSource("durations")
	void isMissingInAPropertiesFile(String property, CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml(ENDPOINT + chain(property))
			.properties(property + "=30")
			.fails(output, problem(property), "application.properties] - 1:");
	}

	@ParameterizedTest
	@MethodSource("durations")
	void isMissingInAVariable(String property, CapturedOutput output) {
		String variable = property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
		RealStart.in(this.directory)
			.yaml(ENDPOINT + chain(property))
			.variable(variable, "30")
			.fails(output, " has no unit", variable);
	}

	@Test
	void isMissingInAVariableOfAnEndpointWhoseNameHasADash(CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml("fallback.ai.endpoints: [ { name: my-model, model: large } ]")
			.variable("FALLBACK_AI_OVERRIDES_MY_MODEL_TIMEOUT_IDLE", "30")
			.fails(output, "30 has no unit", "FALLBACK_AI_OVERRIDES_MY_MODEL_TIMEOUT_IDLE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "attempt-timeouts: [ 2s, 5 ]", "attempt-timeouts: 2s,5", "deadline: ${SECONDS:5}",
			"deadline: +5", "deadline: -5" })
	void isMissingInOtherForms(String line, CapturedOutput output) {
		RealStart.in(this.directory).yaml(ENDPOINT + "fallback.ai." + line).fails(output, "5 has no unit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "switch-delay: 0", "deadline: 30s", "deadline: PT30S", "attempt-timeouts: 2s,5s",
			"hedge.delay: p95", "hedge.delay: off", "deadline: ${SECONDS:5}s", "limits.response: 1048576" })
	void isThereOrNotNeeded(String line) {
		RealStart.in(this.directory).yaml(ENDPOINT + "fallback.ai." + line).run().close();
	}

	private static String chain(String property) {
		return property.contains(".chains.") ? "fallback.ai.chains.a.endpoints: primary\n" : "";
	}

	private static String problem(String property) {
		return "Property: " + property;
	}

}
