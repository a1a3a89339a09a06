// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.fallbackai.client.http.wire.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RetryAfter}.
 */
class RetryAfterTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	@ParameterizedTest
	@CsvSource({ "7, PT7S", "' 7 ', PT7S", "1.5, PT1.5S", "86400, PT24H", "172800, PT48H", "31536000, PT8760H",
			"'Mon, 01 Mar 2027 12:00:00 GMT', PT8760H", "'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
			"'Sunday, 01-Mar-26 12:00:30 GMT', PT30S", "'Sun Mar  1 12:00:30 2026', PT30S" })
	void readsSecondsAndDates(String value, Duration expected) {
		assertThat(read(Map.of("Retry-After", value))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0.0", "-1", "31536001", "1772366460", "99999999999999999999999", "1e9", "NaN",
			"soon", "0x10", "1;2", "Sun, 01 Mar 2026 11:59:30 GMT", "Sun, 01 Mar 2099 12:00:00 GMT",
			"Sun, 99 Mar 2026 12:00:00 GMT" })
	void takesTheAbsurdForNothing(String value) {
		assertThat(read(Map.of("Retry-After", value))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "-1", "31536000001", "1772366460000", "1e9", "NaN", "soon" })
	void takesAbsurdMillisecondsForNothing(String value) {
		assertThat(read(Map.of("retry-after-ms", value))).isNull();
	}

	@Test
	void prefersMillisecondsToTheSameInWholeSeconds() {
		assertThat(read(Map.of("retry-after-ms", "250", "Retry-After", "1"))).isEqualTo(Duration.ofMillis(250));
		assertThat(read(Map.of("retry-after-ms", "-5", "Retry-After", "1"))).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void takesTheLongerOfTwoThatDiffer() {
		assertThat(read(Map.of("retry-after-ms", "100", "Retry-After", "60"))).isEqualTo(Duration.ofMinutes(1));
		assertThat(read(Map.of("retry-after-ms", "60000", "Retry-After", "1"))).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void passesOnALongTimeInMilliseconds() {
		assertThat(read(Map.of("retry-after-ms", "172800000"))).isEqualTo(Duration.ofDays(2));
	}

	@Test
	void measuresADateByTheServersOwnClock() {
		assertThat(
				read(Map.of("Retry-After", "Sun, 01 Mar 2026 10:00:30 GMT", "Date", "Sun, 01 Mar 2026 10:00:00 GMT")))
			.isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void saysNothingWithoutAHeader() {
		assertThat(read(Map.of())).isNull();
	}

	private static Duration read(Map<String, String> headers) {
		return RetryAfter.of(new ResponseHead(429, headers), NOW);
	}

}
