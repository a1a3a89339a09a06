// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ResetInBody}.
 */
class ResetInBodyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					PT20S       | {"error":{"message":"Rate limit reached for requests. Please try again in 20s."}}
					PT7M12S     | {"error":{"message":"Limit 100000, Used 99999. Please try again in 7m12s. Visit the docs."}}
					PT1.234S    | {"error":{"message":"Please try again in 1.234s."}}
					PT0.02S     | {"error":{"message":"Please try again in 20ms."}}
					PT1H2M3S    | {"error":{"message":"Please try again in 1h2m3.4s."}}
					PT6S        | {"error":{"code":"429","message":"Exceeded the call rate limit. Please retry after 6 seconds."}}
					PT36.5S     | {"error":{"message":"Quota exceeded. Please retry in 36.5s.","status":"RESOURCE_EXHAUSTED"}}
					PT9H36M     | {"error":{"message":"Rate limit of 50 per 86400s exceeded. Please wait 34560 seconds before retrying."}}
					PT2M        | {"error":{"message":"No deployments available. Try again in 2 minutes."}}
					PT1M30S     | {"error":{"message":"Too many requests, retry in 1 minute and 30 seconds"}}
					PT30S       | {"error":{"message":"slow down","retry_after":30}}
					PT30S       | {"error":{"message":"slow down"},"retry_after_seconds":"30"}
					PT1.5S      | {"error":{"message":"slow down","retry_after_ms":1500}}
					PT20S       | {"error":"Model one/x is currently loading","estimated_time":20.0}
					PT5M        | {"error":{"type":"usage_limit_reached","message":"The limit is reached","resets_in_seconds":300}}
					PT7M12S     | {"error":{"message":"x","metadata":{"reset":"7m12s"}}}
					PT7S        | {"error":{"message":"x","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"7s"}]}}
					-           | {"error":{"message":"Rate limit of 60 requests per minute reached."}}
					-           | {"error":{"message":"Please try again later."}}
					-           | {"error":{"message":"The model gpt-4 has 3 retries."}}
					-           | {"error":{"message":"x","retry_after":"soon","reset":null}}
					""")
	void findsHowLongToWait(String expected, String body) {
		Duration told = ErrorReport.of(new ResponseHead(429, Map.of()), body.strip().getBytes(StandardCharsets.UTF_8))
			.as(FailureKind.RATE_LIMITED)
			.retryAfter();
		if (expected.strip().equals("-")) {
			assertThat(told).isNull();
		}
		else {
			assertThat(told.truncatedTo(ChronoUnit.MILLIS)).isBetween(Duration.parse(expected.strip()),
					Duration.parse(expected.strip()).plusMillis(500));
		}
	}

	@Test
	void readsAPointInTimeAsOpenRouterRepeatsIt() {
		Instant now = Instant.now();
		String body = "{\"error\":{\"code\":429,\"message\":\"x\",\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\""
				+ now.plusSeconds(90).toEpochMilli() + "\"}}}}";
		assertThat(ErrorReport.of(new ResponseHead(429, Map.of()), body.getBytes(StandardCharsets.UTF_8))
			.as(FailureKind.RATE_LIMITED)
			.retryAfter()).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(91));
	}

	@Test
	void theLongerOfHeaderAndBodyCounts() {
		String body = "{\"error\":{\"message\":\"Please try again in 20s.\"}}";
		assertThat(
				ErrorReport.of(new ResponseHead(429, Map.of("Retry-After", "5")), body.getBytes(StandardCharsets.UTF_8))
					.as(FailureKind.RATE_LIMITED)
					.retryAfter())
			.isEqualTo(Duration.ofSeconds(20));
	}

}
