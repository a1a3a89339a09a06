// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.observability;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.fallbackai.failure.FailureKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scraped once before and once after an outage, the counters add up.
 */
@ObservedDemoTest
@Tag("slow")
class CountersAddUpTests {

	private static final String CALLS = "fallback_ai_calls_total";

	private static final String ATTEMPTS = "fallback_ai_attempts_total";

	@Autowired
	private Traffic traffic;

	@Test
	void overAnOutageOfThePrimary() {
		this.traffic.ask(3);
		Scrape before = this.traffic.scrape();
		this.traffic.outage();
		// Losers of a race may end a moment after their call.
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> this.traffic.scrape()
				.sum("gen_ai_client_operation_duration_active_seconds_gcount", Map.of()) == 0);
		Scrape after = this.traffic.scrape();
		double calls = grown(before, after, CALLS, Map.of());
		assertThat(calls).isEqualTo(Traffic.CALLS_IN_OUTAGE);
		assertThat(calls).isEqualTo(outcomes(before, after, CALLS, "succeeded", "failed", "cancelled"));
		assertThat(grown(before, after, CALLS, Map.of("outcome", "failed"))).isPositive();
		assertThat(grown(before, after, CALLS, Map.of("outcome", "cancelled"))).isEqualTo(1);
		assertThat(grown(before, after, CALLS, Map.of("degraded", "true"))).isPositive();
		double failuresByKind = Stream.of(FailureKind.values())
			.mapToDouble((kind) -> grown(before, after, ATTEMPTS,
					Map.of("outcome", "failed", "error", kind.name().toLowerCase(Locale.ROOT))))
			.sum();
		assertThat(failuresByKind).isGreaterThan(3);
		assertThat(grown(before, after, ATTEMPTS, Map.of("outcome", "overtaken"))).isPositive();
		assertThat(grown(before, after, ATTEMPTS, Map.of()))
			.isEqualTo(failuresByKind + outcomes(before, after, ATTEMPTS, "succeeded", "cancelled", "overtaken"));
		assertThat(grown(before, after, "gen_ai_client_operation_duration_seconds_count", Map.of()))
			.isEqualTo(grown(before, after, ATTEMPTS, Map.of()));
		assertThat(grown(before, after, "fallback_ai_call_seconds_count", Map.of())).isEqualTo(calls);
	}

	private static double outcomes(Scrape before, Scrape after, String name, String... outcomes) {
		return Stream.of(outcomes)
			.mapToDouble((outcome) -> grown(before, after, name, Map.of("outcome", outcome)))
			.sum();
	}

	private static double grown(Scrape before, Scrape after, String name, Map<String, String> labels) {
		return after.sum(name, labels) - before.sum(name, labels);
	}

}
