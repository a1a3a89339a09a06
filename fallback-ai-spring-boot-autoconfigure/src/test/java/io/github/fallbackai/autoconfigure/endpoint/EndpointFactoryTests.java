// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.AuthScheme;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.ConcurrencySettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Placement;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EndpointFactoryTests {

	@Test
	void aModelIsEnough() {
		Endpoint endpoint = endpoint();
		assertThat(endpoint.name()).isEqualTo("openai-large");
		assertThat(endpoint.provider()).isEqualTo("openai");
		assertThat(endpoint.url()).isEqualTo(URI.create("https://api.openai.com/v1"));
		assertThat(endpoint.model()).isEqualTo("large");
		assertThat(endpoint.modelGroup()).isEqualTo("large");
		assertThat(endpoint.apiKey()).isNull();
		assertThat(endpoint.auth()).isNull();
		assertThat(endpoint.contextWindow()).isNull();
		assertThat(endpoint.headers()).isEmpty();
		assertThat(endpoint.unaryAsStream()).isTrue();
		assertThat(endpoint.limits()).isEqualTo(AttemptLimits.DEFAULTS);
		assertThat(endpoint.breaker()).isEqualTo(BreakerSettings.DEFAULTS);
		assertThat(endpoint.placement()).isEqualTo(Placement.DEFAULTS);
		assertThat(endpoint.concurrency()).isEqualTo(ConcurrencySettings.DEFAULTS);
	}

	@Test
	void aPreferredEndpointComesBeforeEveryPriority() {
		assertThat(endpoint("preferred=true", "priority=7").placement().priority()).isEqualTo(Integer.MIN_VALUE);
	}

	@ParameterizedTest
	@CsvSource({ "weight, 0", "max-concurrent-calls, -1", "batch-share, 0", "batch-share, 1.5", "batch-share, NaN" })
	void refusesATrafficThatCannotBe(String property, String value) {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> endpoint(property + "=" + value))
			.withMessageContaining("fallback.ai.endpoints[0]." + property);
	}

	@Test
	void everyPropertyArrives() {
		Endpoint endpoint = endpoint("name=primary", "provider=own", "url=https://llm.example.com/v2",
				"model-group=any", "api-key= sk-secret ", "auth=api-key", "headers.X-Team=chat",
				"unary-as-stream=false", "context-window=1000", "timeout.connect=1s", "timeout.first-content=2s",
				"timeout.idle=3s", "timeout.total=4s", "circuit-breaker.failure-threshold=5",
				"circuit-breaker.failure-rate=60.5", "circuit-breaker.window=7", "circuit-breaker.recovery-timeout=8s",
				"circuit-breaker.max-recovery-timeout=9s", "circuit-breaker.half-open-calls=10", "priority=2",
				"weight=3", "max-concurrent-calls=4", "adaptive-concurrency=true", "batch-share=0.25");
		assertThat(endpoint.placement()).isEqualTo(new Placement(2, 3));
		assertThat(endpoint.concurrency()).isEqualTo(new ConcurrencySettings(4, true, 0.25));
		assertThat(endpoint.name()).isEqualTo("primary");
		assertThat(endpoint.provider()).isEqualTo("own");
		assertThat(endpoint.url()).isEqualTo(URI.create("https://llm.example.com/v2"));
		assertThat(endpoint.modelGroup()).isEqualTo("any");
		assertThat(endpoint.apiKey()).isEqualTo(ApiKey.of("sk-secret"));
		assertThat(endpoint.auth()).isEqualTo(AuthScheme.API_KEY);
		assertThat(endpoint.headers()).containsEntry("X-Team", "chat");
		assertThat(endpoint.unaryAsStream()).isFalse();
		assertThat(endpoint.contextWindow()).isEqualTo(1000);
		assertThat(endpoint.limits()).isEqualTo(new AttemptLimits(Duration.ofSeconds(1), Duration.ofSeconds(2),
				Duration.ofSeconds(3), Duration.ofSeconds(4), true));
		assertThat(endpoint.breaker())
			.isEqualTo(new BreakerSettings(5, 60.5f, 7, Duration.ofSeconds(8), Duration.ofSeconds(9), 10));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:1234/v1", "http://LOCALHOST/v1", "http://llm.localhost",
			"http://127.0.0.1", "https://127.1.2.3:8443", "http://[::1]:8080/v1" })
	void anAddressOnThisMachineHasAMinuteToTheFirstContent(String url) {
		AttemptLimits limits = endpoint("url=" + url).limits();
		assertThat(limits.firstContent()).isEqualTo(Duration.ofMinutes(1));
		assertThat(limits.firstContentExplicit()).isFalse();
		assertThat(endpoint("url=" + url, "timeout.first-content=1s").limits().firstContent())
			.isEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://localhost.example.com", "https://127.0.0.1.example.com", "https://api.example.com" })
	void anAddressElsewhereHasNot(String url) {
		assertThat(endpoint("url=" + url).limits()).isEqualTo(AttemptLimits.DEFAULTS);
	}

	@Test
	void aReasoningModelHasMoreTime() {
		AttemptLimits limits = endpoint("reasoning=true", "url=http://localhost:1").limits();
		assertThat(limits.firstContent()).isEqualTo(Duration.ofSeconds(120));
		assertThat(limits.idle()).isEqualTo(Duration.ofSeconds(60));
		AttemptLimits explicit = endpoint("reasoning=true", "timeout.first-content=1s", "timeout.idle=2s").limits();
		assertThat(explicit.firstContent()).isEqualTo(Duration.ofSeconds(1));
		assertThat(explicit.idle()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aModelMayBeAskedAgain() {
		assertThat(configured().retry()).isEqualTo(RetrySettings.DEFAULTS);
		assertThat(configured("retry.max-attempts=3", "retry.backoff=0s", "retry.kinds=timed-out").retry())
			.isEqualTo(new RetrySettings(3, Duration.ZERO, Set.of(FailureKind.TIMED_OUT)));
	}

	@Test
	void aModelMayBeCapableOfLittle() {
		assertThat(endpoint().capabilities()).isEqualTo(Capability.DEFAULTS);
		assertThat(endpoint("capabilities=tools,prefill").capabilities()).containsExactlyInAnyOrder(Capability.TOOLS,
				Capability.PREFILL);
		assertThat(endpoint("capabilities=").capabilities()).isEmpty();
	}

	@Test
	void aLongRecoveryTimeoutRaisesTheBoundThatIsNotSet() {
		assertThat(endpoint("circuit-breaker.recovery-timeout=10m").breaker().maxRecoveryTimeout())
			.isEqualTo(Duration.ofMinutes(10));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					url                                    | no-scheme.example.com  | needs a scheme
					url                                    | ftp://example.com      | needs a scheme
					url                                    | https:///v1            | needs a scheme
					url                                    | https://a b.example    | not a URL
					url                                    | https://my_host:80     | needs a scheme, http or https, and a host
					url                                    | ''                     | needs a scheme
					url                                    | https://u:p@host/v1    | has credentials in it
					provider                               | opneai                 | unknown: opneai (expected: one of openai, own)
					provider                               | own                    | missing (provider own has no default)
					model                                  | ' '                    | missing
					name                                   | '--'                   | blank
					context-window                         | 0                      | 0 (expected: >= 1)
					headers[bad name]                       | x                      | one has a name
					timeout.connect                        | 0s                     | 0s (expected: > 0)
					timeout.first-content                  | -1s                    | -1s (expected: > 0)
					timeout.idle                           | -1s                    | -1s (expected: > 0)
					timeout.total                          | 0                      | 0s (expected: > 0)
					retry.max-attempts                     | 0                      | 0 (expected: >= 1)
					retry.backoff                          | -1ms                   | -1ms (expected: >= 0)
					circuit-breaker.failure-threshold      | 0                      | 0 (expected: >= 1)
					circuit-breaker.failure-rate           | 0                      | 0.0 (expected: > 0 and <= 100)
					circuit-breaker.failure-rate           | 100.5                  | 100.5 (expected: > 0 and <= 100)
					circuit-breaker.failure-rate           | NaN                    | NaN (expected: > 0 and <= 100)
					circuit-breaker.window                 | -20                    | -20 (expected: >= 1)
					circuit-breaker.half-open-calls        | 0                      | 0 (expected: >= 1)
					circuit-breaker.recovery-timeout       | -30s                   | -30s (expected: > 0)
					circuit-breaker.max-recovery-timeout   | 1s                     | 1s (expected: >= the recovery-timeout)
					""")
	void refusesWhatCannotWork(String property, String value, String reason) {
		String expected = switch (property) {
			case "headers[bad name]" -> "headers";
			case "provider" -> value.equals("own") ? "url" : "provider";
			default -> property;
		};
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> endpoint(property + "=" + value))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[0]." + expected);
				assertThat(ex.reason()).startsWith(reason);
				assertThat(ex.action()).isNotBlank();
			});
	}

	@Test
	void refusesToSendAKeyInTheClear() {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> endpoint("url=http://llm.example.com", "api-key=sk-secret"))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[0].url");
				assertThat(ex.reason()).contains("plain HTTP");
				assertThat(ex.action()).contains("allow-insecure");
			});
		assertThat(endpoint("url=http://llm.example.com", "api-key=sk-secret", "allow-insecure=true").apiKey())
			.isNotNull();
		assertThat(endpoint("url=http://llm.example.com", "api-key=sk-secret", "auth=none").apiKey()).isNotNull();
		assertThat(endpoint("url=http://llm.example.com").apiKey()).isNull();
		assertThat(endpoint("url=http://127.0.0.1:1", "api-key=sk-secret").apiKey()).isNotNull();
	}

	@Test
	void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt() {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> endpoint("api-key=sk-secret\nsk-more"))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[0].api-key");
				assertThat(ex.getMessage() + ex.action()).doesNotContain("sk-");
				assertThat(ex).hasNoCause();
			});
	}

	private static Endpoint endpoint(String... properties) {
		return configured(properties).endpoint();
	}

	private static EndpointSetup configured(String... properties) {
		List<String> all = new ArrayList<>(List.of("fallback.ai.endpoints[0].model=large"));
		for (String property : properties) {
			all.add("fallback.ai.endpoints[0]." + property);
		}
		return ConfigurationFixture.file(all.toArray(String[]::new)).configured().endpoints().get(0);
	}

}
