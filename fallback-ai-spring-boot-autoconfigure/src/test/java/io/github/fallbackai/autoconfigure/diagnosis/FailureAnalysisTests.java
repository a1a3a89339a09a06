// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.FallbackAiActuatorAutoConfiguration;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.autoconfigure.boot3.FallbackAiBoot3AutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user sees whose configuration cannot work. No key is ever part of it.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	static final String KEY = "sk-secret-4711";

	static final String[] ENDPOINT = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
			"fallback.ai.endpoints[0].api-key=" + KEY };

	@Test
	void namesTheDurationThatIsNegative(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].timeout.idle=-5s");
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].timeout.idle",
				"Origin: \"fallback.ai.endpoints[0].timeout.idle\"", "Reason: -5s (expected: > 0)",
				"Set it to a duration such as 30s");
	}

	@Test
	void namesTheDurationThatIsNone(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].timeout.idle=soon");
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].timeout.idle",
				"Reason: cannot be read (expected: a duration such as 30s)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "deadline", "switch-delay", "attempt-timeouts[0]", "hedge.delay", "limits.consumer-stall",
			"transport.idle-timeout", "transport.max-life-time", "transport.pending-acquire-timeout",
			"cool-down.rate-limited", "cool-down.max", "state-store.sync-interval", "defaults.retry.backoff",
			"endpoints[0].timeout.connect", "defaults.timeout.first-content", "defaults.timeout.idle",
			"overrides.primary.timeout.total", "defaults.circuit-breaker.recovery-timeout",
			"defaults.circuit-breaker.max-recovery-timeout" })
	void namesTheDurationThatIsTooLong(String property, CapturedOutput output) {
		fail(App.class, "fallback.ai." + property + "=100000000d");
		assertAnalysis(output, "Property: fallback.ai." + property, "Reason: 100000000d (expected: <= 365d)",
				"Set it to a duration of a year at most");
	}

	@ParameterizedTest
	@ValueSource(strings = { "window", "half-open-calls" })
	void namesTheNumberOfCallsThatNoMemoryHolds(String property, CapturedOutput output) {
		fail(App.class, "fallback.ai.defaults.circuit-breaker." + property + "=10001");
		assertAnalysis(output, "Property: fallback.ai.defaults.circuit-breaker." + property,
				"Reason: 10001 (expected: <= 10000)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "events", "a/b", " a", "a ", "a\nb", "a\u0000b", "a\u2028b" })
	void namesTheNameThatCannotBeUsed(String name, CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].name=" + name);
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].name", "Give the endpoint another name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "99999", "0", "65536" })
	void namesTheUrlWithAPortThatCannotExist(String port, CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].url=http://localhost:" + port + "/v1");
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].url",
				"has a port that cannot exist (expected: 1 to 65535)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "authorization", "api-key", "X-Api-Key", "x-goog-api-key" })
	void namesTheUrlThatAKeyInAHeaderWouldTravelToInTheClear(String header, CapturedOutput output) {
		assertThatException().isThrownBy(() -> application(App.class, Map.of(), "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].url=http://llm.example.com",
				"fallback.ai.endpoints[0].headers." + header + "=" + KEY)
			.run());
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].url", "over plain HTTP", "allow-insecure");
	}

	@Test
	void namesTheHeadersThatHoldASecondKey(CapturedOutput output) {
		fail(App.class, "fallback.ai.defaults.headers.Authorization=Bearer " + KEY);
		assertAnalysis(output, "Property: fallback.ai.defaults.headers",
				"Reason: Authorization is where the key of endpoint 'primary' is sent, which has an api-key too",
				"Remove one of the two");
	}

	@Test
	void acceptsAKeyInAHeaderThatIsTheOnlyOne() {
		application(App.class, Map.of(), "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].headers.Authorization=Bearer " + KEY)
			.run();
	}

	@ParameterizedTest
	@ValueSource(strings = { "FALLBACK_AI_APIKEYS_AB", "FALLBACK_AI_OVERRIDES_AB_APIKEY" })
	void namesTheVariableThatMayMeanTwoEndpoints(String variable, CapturedOutput output) {
		String[] properties = { "fallback.ai.endpoints[0].name=a-b", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=ab", "fallback.ai.endpoints[1].model=small" };
		assertThatException().isThrownBy(() -> application(App.class, Map.of(variable, KEY), properties).run());
		assertAnalysis(output, "ambiguous, it may mean any of the endpoints a-b, ab", "differ in letters or digits");
	}

	@Test
	void listsTheValuesOfAnEnumeration(CapturedOutput output) {
		fail(App.class, "fallback.ai.overrides.primary.auth=" + KEY);
		assertAnalysis(output, "Property: fallback.ai.overrides.primary.auth", "bearer, api-key, none");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fallback.ai.api-keys", "fallback.ai.overrides", "fallback.ai.overrides.primary",
			"fallback.ai.endpoints[0].timeout.total", "fallback.ai.endpoints[0].headers",
			"fallback.ai.endpoints[0].circuit-breaker.failure-rate", "fallback.ai.limits.event", "fallback.ai.deadline",
			"fallback.ai.max-attempts", "fallback.ai.fallback-on", "fallback.ai.endpoints[0].reasoning" })
	void neverPrintsAKeyThatIsAtTheWrongPlace(String property, CapturedOutput output) {
		fail(App.class, property + "=" + KEY);
		assertAnalysis(output, "Property: " + property, "Reason: ", "Action:");
	}

	@Test
	void namesTheSpendLimitThatHasNoPrice(CapturedOutput output) {
		fail(App.class, "fallback.ai.defaults.spend-limit.amount=20");
		assertAnalysis(output, "Property: fallback.ai.defaults.spend-limit.amount",
				"Origin: \"fallback.ai.defaults.spend-limit.amount\"",
				"Reason: needs a price, and the endpoint has none", "Set price.input and price.output");
	}

	@Test
	void namesTwoEndpointsWithOneName(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[1].name=primary", "fallback.ai.endpoints[1].model=small");
		assertAnalysis(output, "Property: fallback.ai.endpoints[1].name",
				"'primary' is the name of an earlier endpoint");
	}

	@Test
	void namesTheUrlWithoutShowingIt(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].url=llm.example.com/?key=" + KEY);
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].url", "needs a scheme", "https://api.openai.com/v1");
	}

	@Test
	void namesTheMissingModel(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].model=");
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].model", "missing");
	}

	@Test
	void listsTheKnownProviders(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].provider=opneai");
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].provider", "unknown: opneai", "openai");
	}

	@Test
	void namesTheFailureRate(CapturedOutput output) {
		fail(App.class, "fallback.ai.defaults.circuit-breaker.failure-rate=150");
		assertAnalysis(output, "Property: fallback.ai.defaults.circuit-breaker.failure-rate",
				"150.0 (expected: > 0 and <= 100)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fallback.ai.overrides.backupp.api-key", "fallback.ai.api-keys.backupp" })
	void namesTheEntryThatMatchesNothing(String property, CapturedOutput output) {
		fail(App.class, property + "=" + KEY);
		assertAnalysis(output, "backupp", "matches no endpoint (endpoints: primary)");
	}

	@Test
	void namesTheMemberOfAChainThatMatchesNothing(CapturedOutput output) {
		fail(App.class, "fallback.ai.chains.smart.endpoints=primary,backupp");
		assertAnalysis(output, "Property: fallback.ai.chains.smart.endpoints[1]",
				"matches no endpoint (endpoints: primary)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fallback.ai.overrides.PRIMARY1.url=https://llm.example.com",
			"fallback.ai.api-keys.PRIMARY1=" + KEY, "fallback.ai.chains.smart.endpoints=PRIMARY1" })
	void namesTheEntryThatMayMeanTwoEndpoints(String property, CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[1].name=primary-1", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.endpoints[2].name=primary_1", "fallback.ai.endpoints[2].model=small", property);
		assertAnalysis(output, "Property: fallback.ai.",
				"ambiguous, it may mean any of the endpoints primary-1, primary_1", "exact name");
	}

	@Test
	void namesTheDeadlineThatIsShorterThanTheFirstLimit(CapturedOutput output) {
		fail(App.class, "fallback.ai.deadline=2s", "fallback.ai.endpoints[0].timeout.first-content=5s");
		assertAnalysis(output, "Property: fallback.ai.deadline",
				"PT2S is shorter than PT5S, the limit first-content of endpoint primary", "Raise the deadline");
	}

	@Test
	void namesTheDeadlineThatIsShorterThanTheFirstRungOfTheLadder(CapturedOutput output) {
		fail(App.class, "fallback.ai.chains.smart.endpoints=primary", "fallback.ai.chains.smart.deadline=2s",
				"fallback.ai.attempt-timeouts=5s,10s");
		assertAnalysis(output, "Property: fallback.ai.chains.smart.deadline",
				"PT2S is shorter than PT5S, the first of fallback.ai.attempt-timeouts");
	}

	@Test
	void namesTheDependencyThatRedisNeeds(CapturedOutput output) {
		fail(App.class, "fallback.ai.state-store.type=redis");
		assertAnalysis(output, "Property: fallback.ai.state-store.type", "spring-boot-starter-data-redis-reactive");
	}

	@Test
	void namesTheBlankKeysWhenNothingIsLeft(CapturedOutput output) {
		fail(App.class, "fallback.ai.api-keys.primary=");
		assertAnalysis(output, "Property: fallback.ai.endpoints", "primary (fallback.ai.api-keys.primary is blank)");
	}

	@Test
	void namesThePlaceholderThatHasNoValue(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[0].api-key=" + KEY + "${NO_SUCH_KEY}");
		assertAnalysis(output, "Property: fallback.ai.endpoints[0].api-key",
				"refers to ${NO_SUCH_KEY}, which has no value", "${NO_SUCH_KEY:}");
	}

	@Test
	void namesTheElementThatIsLeftOver(CapturedOutput output) {
		fail(App.class, "fallback.ai.endpoints[2].api-key=" + KEY);
		assertAnalysis(output, "Property: fallback.ai.endpoints[2].api-key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cool-down.quota", "transport.idle-timeout", "deadline" })
	void namesAGlobalDuration(String property, CapturedOutput output) {
		fail(App.class, "fallback.ai." + property + "=-1s");
		assertAnalysis(output, "Property: fallback.ai." + property, "-1s");
	}

	@ParameterizedTest
	@ValueSource(strings = { "transport.max-connections-per-host=0", "limits.event=0B", "limits.error-body=4GB",
			"health.unavailable-status= " })
	void namesAGlobalNumber(String property, CapturedOutput output) {
		fail(App.class, "fallback.ai." + property);
		assertAnalysis(output, "Property: fallback.ai." + property.substring(0, property.indexOf('=')));
	}

	@Test
	void tellsHowToSetOneElementByAnEnvironmentVariable(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> application(App.class, Map.of("FALLBACK_AI_ENDPOINTS_0_APIKEY", KEY), ENDPOINT).run());
		assertAnalysis(output, "FALLBACK_AI_ENDPOINTS_0_APIKEY", "does not merge lists", "FALLBACK_AI_APIKEYS_PRIMARY");
	}

	@Test
	void tellsThatEndpointsAreMissingWhenTheTemplateIsInjected(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application(NeedsTemplate.class, Map.of()).run());
		assertAnalysis(output, AiFallbackTemplate.class.getName(), "fallback.ai.endpoints has no endpoint",
				"model: gpt-4o-mini");
	}

	@Test
	void tellsThatEndpointsAreMissingWhenTheOperationsAreInjected(CapturedOutput output) {
		assertThatException().isThrownBy(() -> application(NeedsOperations.class, Map.of()).run());
		assertAnalysis(output, AiFallbackOperations.class.getName(), "fallback.ai.endpoints has no endpoint");
	}

	@Test
	void tellsThatItIsSwitchedOffWhenTheTemplateIsInjected(CapturedOutput output) {
		fail(NeedsTemplate.class, "fallback.ai.enabled=false");
		assertAnalysis(output, AiFallbackTemplate.class.getName(), "fallback.ai.enabled is false");
	}

	@Test
	void leavesOtherMissingBeansToSpringBoot(CapturedOutput output) {
		fail(NeedsSomethingElse.class);
		assertAnalysis(output, "required a bean of type 'java.lang.Runnable'");
	}

	@Test
	void leavesOtherPropertiesToSpringBoot(CapturedOutput output) {
		fail(App.class, "spring.main.banner-mode=nonsense");
		assertThat(output).contains("spring.main.banner-mode").doesNotContain("fallback-ai cannot work");
	}

	static void assertAnalysis(CapturedOutput output, String... texts) {
		assertThat(output).contains("APPLICATION FAILED TO START").contains(texts).doesNotContain(KEY);
	}

	static void fail(Class<?> application, String... properties) {
		List<String> all = new ArrayList<>(List.of(ENDPOINT));
		all.addAll(List.of(properties));
		assertThatException().isThrownBy(() -> application(application, Map.of(), all.toArray(String[]::new)).run());
	}

	static Run application(Class<?> application, Map<String, Object> variables, String... properties) {
		SpringApplication spring = new SpringApplication(application);
		spring.setWebApplicationType(WebApplicationType.NONE);
		spring.addInitializers((context) -> {
			if (!variables.isEmpty()) {
				context.getEnvironment()
					.getPropertySources()
					.addFirst(new SystemEnvironmentPropertySource("variables-systemEnvironment", variables));
			}
		});
		Map<String, String> arguments = new LinkedHashMap<>();
		for (String property : properties) {
			arguments.put(property.substring(0, property.indexOf('=')), "--" + property);
		}
		return () -> spring.run(arguments.values().toArray(String[]::new)).close();
	}

	@FunctionalInterface
	interface Run {

		void run();

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FallbackAiAutoConfiguration.class, FallbackAiActuatorAutoConfiguration.class,
			FallbackAiBoot3AutoConfiguration.class })
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FallbackAiAutoConfiguration.class, FallbackAiActuatorAutoConfiguration.class,
			FallbackAiBoot3AutoConfiguration.class })
	static class NeedsTemplate {

		@Bean
		String needy(AiFallbackTemplate template) {
			return template.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FallbackAiAutoConfiguration.class, FallbackAiActuatorAutoConfiguration.class,
			FallbackAiBoot3AutoConfiguration.class })
	static class NeedsOperations {

		@Bean
		String needy(AiFallbackOperations operations) {
			return operations.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FallbackAiAutoConfiguration.class, FallbackAiActuatorAutoConfiguration.class,
			FallbackAiBoot3AutoConfiguration.class })
	static class NeedsSomethingElse {

		@Bean
		String needy(Runnable runnable) {
			return runnable.toString();
		}

	}

}
