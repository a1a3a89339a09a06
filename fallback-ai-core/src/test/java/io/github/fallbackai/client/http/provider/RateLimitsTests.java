// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RateLimits}.
 */
class RateLimitsTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	@ParameterizedTest
	@CsvSource({ "1s, PT1S", "6m0s, PT6M", "20ms, PT0.02S", "2m59.56s, PT2M59.56S", "1h2m3s, PT1H2M3S", "1d, PT24H",
			"2d, PT48H", "86401, PT24H1S", "500us, PT0.0005S", "30, PT30S", "7.5, PT7.5S", "' 2s ', PT2S",
			"2026-03-01T12:00:45Z, PT45S", "2026-03-01T13:00:45+01:00, PT45S", "'Sun, 01 Mar 2026 12:01:00 GMT', PT1M",
			"1772366460, PT1M", "1772366460500, PT1M0.5S" })
	void readsEveryFormatOfReset(String reset, Duration expected) {
		assertThat(exhausted("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", reset))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0s", "-1", "-1s", "soon", "1x", "s", "1s2", "1e9", "NaN", "366d", "31536001",
			"999999999h999999999h", "99999999999999999999999", "2026-03-01T11:59:59Z", "2026-13-01T11:59:59Z",
			"2099-03-01T12:00:00Z", "1772366399", "5000000000", "0x10", "1,5s" })
	void takesTheAbsurdForNothing(String reset) {
		assertThat(exhausted("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", reset)).isNull();
		assertThat(RateLimits.retryAfter(head("x-ratelimit-reset-requests", reset), NOW)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "x-ratelimit-remaining-requests, x-ratelimit-reset-requests",
			"X-RateLimit-Remaining-Tokens, X-RateLimit-Reset-Tokens", "ratelimit-remaining, ratelimit-reset",
			"X-RateLimit-Remaining, X-RateLimit-Reset",
			"anthropic-ratelimit-requests-remaining, anthropic-ratelimit-requests-reset",
			"anthropic-ratelimit-tokens-remaining, anthropic-ratelimit-tokens-reset",
			"anthropic-ratelimit-input-tokens-remaining, anthropic-ratelimit-input-tokens-reset",
			"anthropic-ratelimit-output-tokens-remaining, anthropic-ratelimit-output-tokens-reset" })
	void knowsTheHeadersOfEveryProvider(String remaining, String reset) {
		assertThat(exhausted(remaining, "0", reset, "12")).isEqualTo(Duration.ofSeconds(12));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "59", "0.5", "", "none", "-1" })
	void isNotExhaustedWhileSomethingRemains(String remaining) {
		assertThat(exhausted("x-ratelimit-remaining-tokens", remaining, "x-ratelimit-reset-tokens", "12s")).isNull();
	}

	@Test
	void waitsForTheLastOfSeveralLimits() {
		assertThat(exhausted("x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "12s",
				"x-ratelimit-remaining-tokens", "0", "x-ratelimit-reset-tokens", "1m", "ratelimit-remaining", "4",
				"ratelimit-reset", "900"))
			.isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void measuresAPointInTimeByTheServersOwnClock() {
		assertThat(exhausted("anthropic-ratelimit-requests-remaining", "0", "anthropic-ratelimit-requests-reset",
				"2026-03-01T10:00:30Z", "Date", "Sun, 01 Mar 2026 10:00:00 GMT"))
			.isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void aRateLimitWithoutRetryAfterEndsWithTheResetOfTheExhaustedLimit() {
		assertThat(retryAfter(429, "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "17s"))
			.isEqualTo(Duration.ofSeconds(17));
		assertThat(retryAfter(429, "x-ratelimit-reset-requests", "17s")).isEqualTo(Duration.ofSeconds(17));
		assertThat(retryAfter(429, "x-ratelimit-remaining-requests", "5", "x-ratelimit-reset-requests", "17s"))
			.isNull();
	}

	@Test
	void retryAfterWinsOverResetHeaders() {
		assertThat(retryAfter(429, "Retry-After", "3", "x-ratelimit-remaining-requests", "0",
				"x-ratelimit-reset-requests", "17s"))
			.isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void resetHeadersConcernRateLimitsOnly() {
		assertThat(retryAfter(503, "x-ratelimit-remaining-requests", "0", "x-ratelimit-reset-requests", "17s"))
			.isNull();
	}

	private static Duration exhausted(String... namesAndValues) {
		return RateLimits.exhaustedFor(head(namesAndValues), NOW);
	}

	private static Duration retryAfter(int status, String... namesAndValues) {
		ResponseHead head = new ResponseHead(status, headers(namesAndValues));
		return ErrorReport.of(head).as(FailureKind.RATE_LIMITED).retryAfter();
	}

	private static ResponseHead head(String... namesAndValues) {
		return new ResponseHead(200, headers(namesAndValues));
	}

	private static Map<String, String> headers(String... namesAndValues) {
		Map<String, String> headers = new HashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return headers;
	}

}
