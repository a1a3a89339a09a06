// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.fuzz.FuzzTarget;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However a provider says when to come back, that is a time within a year, or nothing.
 * The input is lines of headers, an empty line, and a body.
 */
public final class WaitReading implements FuzzTarget {

	private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

	private static final Duration YEAR = Duration.ofDays(365);

	@Override
	public void read(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		int end = text.indexOf("\n\n");
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (String line : ((end < 0) ? text : text.substring(0, end)).split("\n")) {
			int colon = line.indexOf(':');
			if (colon > 0) {
				headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
			}
		}
		for (int status : new int[] { 200, 429, 503 }) {
			ResponseHead head = new ResponseHead(status, headers);
			check(RetryAfter.of(head, NOW));
			check(RateLimits.exhaustedFor(head, NOW));
			check(RateLimits.retryAfter(head, NOW));
			byte[] body = ((end < 0) ? text : text.substring(end + 2)).getBytes(StandardCharsets.UTF_8);
			check(ErrorReport.of(head, body).as(io.github.fallbackai.failure.FailureKind.RATE_LIMITED).retryAfter());
		}
	}

	private static void check(@Nullable Duration wait) {
		assertThat(wait == null || (!wait.isNegative() && !wait.isZero() && wait.compareTo(YEAR) <= 0))
			.as("a wait of %s", wait)
			.isTrue();
	}

}
