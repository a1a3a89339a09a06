// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class NamedChainsTests {

	private static final String[] BASE = { "fallback.ai.endpoints[0].name=primary",
			"fallback.ai.endpoints[0].model=large", "fallback.ai.endpoints[1].name=back-up",
			"fallback.ai.endpoints[1].model=small", "fallback.ai.endpoints[2].name=local",
			"fallback.ai.endpoints[2].model=tiny", "fallback.ai.deadline=1m", "fallback.ai.max-attempts=4",
			"fallback.ai.hedge.delay=1s", "fallback.ai.chains.smart.endpoints=primary,back-up",
			"fallback.ai.chains.cheap.endpoints=local,back-up", "fallback.ai.default-chain=smart" };

	@Test
	void takeTheirEndpointsInTheOrderOfTheirList() {
		assertThat(names(configuration(), "smart")).containsExactly("primary", "back-up");
		assertThat(names(configuration(), "cheap")).containsExactly("local", "back-up");
		assertThat(configuration().configured().defaultChain()).isEqualTo("smart");
		assertThat(configuration().configured().onlyEndpoints()).extracting(Endpoint::name)
			.containsExactly("primary", "back-up", "local");
	}

	@Test
	void shareTheEndpointsThatSeveralOfThemList() {
		FallbackSetup configured = configuration().configured();
		assertThat(configured.chains().get(0).chain().endpoints().get(1))
			.isSameAs(configured.chains().get(1).chain().endpoints().get(1));
	}

	@Test
	void setWhatIsDifferentFromAllChains() {
		ConfigurationFixture configuration = configuration("fallback.ai.chains.cheap.deadline=5s",
				"fallback.ai.chains.cheap.stream-recovery=restart", "fallback.ai.chains.cheap.attempt-timeouts=2s,5s",
				"fallback.ai.chains.cheap.fallback-on=timed-out", "fallback.ai.chains.cheap.hedge.delay=off",
				"fallback.ai.continuation-instruction=Go on.",
				"fallback.ai.chains.cheap.continuation-instruction=Weiter.",
				"fallback.ai.chains.cheap.switch-delay=10ms", "fallback.ai.chains.cheap.wait-when-unavailable=true");
		CallSettings cheap = configuration.chain("cheap").settings();
		CallSettings smart = configuration.chain("smart").settings();
		assertThat(cheap.deadline()).isEqualTo(Duration.ofSeconds(5));
		assertThat(cheap.recovery().mode()).isEqualTo(StreamRecovery.RESTART);
		assertThat(cheap.recovery().instruction()).isEqualTo("Weiter.");
		assertThat(smart.recovery().instruction()).isEqualTo("Go on.");
		assertThat(cheap.attemptTimeouts()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
		assertThat(cheap.fallbackOn()).containsExactly(FailureKind.TIMED_OUT);
		assertThat(cheap.hedge()).isNull();
		assertThat(cheap.switchDelay()).isEqualTo(Duration.ofMillis(10));
		assertThat(cheap.waitWhenUnavailable()).isTrue();
		assertThat(cheap.maxAttempts()).isEqualTo(4);
		assertThat(smart.deadline()).isEqualTo(Duration.ofMinutes(1));
		assertThat(smart.hedge()).isNotNull();
		assertThat(smart.fallbackOn()).isEqualTo(CallSettings.DEFAULT_FALLBACK_ON);
	}

	@Test
	void canBeChangedByEnvironmentVariables() {
		ConfigurationFixture configuration = configuration().withVariables("FALLBACK_AI_CHAINS_CHEAP_DEADLINE=7s",
				"FALLBACK_AI_CHAINS_CHEAP_ENDPOINTS=BACKUP");
		assertThat(configuration.chain("cheap").settings().deadline()).isEqualTo(Duration.ofSeconds(7));
		assertThat(names(configuration, "cheap")).containsExactly("back-up");
	}

	@Test
	void mayHaveAnyName() {
		ConfigurationFixture configuration = configuration("fallback.ai.chains[My Chain].endpoints=local",
				"fallback.ai.chains[My Chain].deadline=3s");
		assertThat(configuration.chain("My Chain").settings().deadline()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void putThePreferredEndpointInFrontWhereTheyHaveIt() {
		ConfigurationFixture configuration = configuration("fallback.ai.overrides.back-up.preferred=true");
		assertThat(names(configuration, "cheap")).containsExactly("back-up", "local");
		assertThat(names(configuration, "smart")).containsExactly("back-up", "primary");
	}

	@Test
	void leaveOutEndpointsThatAreOff(CapturedOutput output) {
		assertThat(names(configuration("fallback.ai.api-keys.primary="), "smart")).containsExactly("back-up");
		assertThat(output).contains("Fallback chain smart: back-up (openai, small)")
			.contains("Fallback chain cheap: local (openai, tiny), then back-up (openai, small)");
	}

	@Test
	void warnOfEndpointsThatNobodyAsks(CapturedOutput output) {
		configuration("fallback.ai.chains.cheap.endpoints=back-up").configured();
		assertThat(output).contains("Endpoint local is in no chain").doesNotContain("Endpoint primary is in no chain");
	}

	@Test
	void warnOfAModelThatHasNoTwin(CapturedOutput output) {
		configuration("fallback.ai.fallback-scope=same-model", "fallback.ai.chains.cheap.fallback-scope=none",
				"fallback.ai.chains.twins.endpoints=primary,back-up", "fallback.ai.overrides.primary.model-group=g",
				"fallback.ai.overrides.back-up.model-group=g", "fallback.ai.chains.lonely.endpoints=local,primary")
			.configured();
		assertThat(output).contains("Chain lonely falls back to the same model only")
			.doesNotContain("Chain twins falls back", "Chain smart falls back", "Chain cheap falls back");
	}

	@ParameterizedTest
	@CsvSource({ "chains.smart.endpoints, 'primary,clever', chains.smart.endpoints[1], matches no endpoint",
			"chains.smart.endpoints, 'primary,PRIMARY', chains.smart.endpoints[1], is in this chain already",
			"chains.fast.deadline, 1s, chains.fast.endpoints, missing (expected: names of endpoints)",
			"overrides.local.enabled, false, chains.local.endpoints, every endpoint of this chain is off: local",
			"default-chain, clever, default-chain, matches no chain (chains:",
			"chains.cheap.max-attempts, 0, chains.cheap.max-attempts, 0 (expected: >= 1)",
			"chains.cheap.attempt-timeouts, '2s,-5s', chains.cheap.attempt-timeouts[1], -5s (expected: > 0)",
			"chains.cheap.hedge.max-ratio, 2, chains.cheap.hedge.max-ratio, 2.0 (expected: > 0 and <= 1)",
			"chains.cheap.continuation-instruction, ' ', chains.cheap.continuation-instruction, blank",
			"max-attempts, 0, max-attempts, 0 (expected: >= 1)" })
	void refuseWhatCannotWork(String property, String value, String named, String reason) {
		ConfigurationFixture configuration = configuration("fallback.ai.chains.local.endpoints=local",
				"fallback.ai." + property + "=" + value);
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::configured)
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai." + named);
				assertThat(ex.reason()).contains(reason);
			});
	}

	@ParameterizedTest
	@CsvSource({ "smart, smart", "default, default" })
	void needNoDefaultWhenItIsClear(String chain, String expected) {
		ConfigurationFixture configuration = ConfigurationFixture.file("fallback.ai.endpoints[0].name=primary",
				"fallback.ai.endpoints[0].model=large", "fallback.ai.chains." + chain + ".endpoints=primary");
		assertThat(configuration.configured().defaultChain()).isEqualTo(expected);
	}

	@Test
	void needADefaultWhenThereAreSeveral() {
		ConfigurationFixture configuration = ConfigurationFixture.file("fallback.ai.endpoints[0].name=primary",
				"fallback.ai.endpoints[0].model=large", "fallback.ai.chains.a.endpoints=primary",
				"fallback.ai.chains.b.endpoints=primary");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class).isThrownBy(configuration::configured)
			.withMessage("fallback.ai.default-chain: missing (chains: a, b)");
	}

	private static ConfigurationFixture configuration(String... properties) {
		return ConfigurationFixture.file(BASE).withFile("more", properties);
	}

	private static Iterable<String> names(ConfigurationFixture configuration, String chain) {
		return configuration.chain(chain).chain().endpoints().stream().map(Endpoint::name).toList();
	}

}
