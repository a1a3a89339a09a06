// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Statistics of an endpoint that has been asked for a long time.
 */
class EndpointStatisticsTests {

	/** So many attempts take 25 days at a thousand a second. */
	@Test
	void countsDurationsBeyondWhatAnIntHolds() {
		RecentDurations durations = new RecentDurations(Integer.MAX_VALUE - 500L);
		for (int attempt = 0; attempt < 1000; attempt++) {
			durations.add(Duration.ofMillis(7));
		}
		assertThat(durations.percentiles()).isEqualTo(new EndpointStatistics.Percentiles(7, 7, 7));
	}

	@Test
	void knowsPercentilesOfTheLatestDurationsOnly() {
		RecentDurations durations = new RecentDurations();
		assertThat(durations.percentiles()).isNull();
		for (int millis = 1; millis <= 100; millis++) {
			durations.add(Duration.ofMillis(millis));
		}
		assertThat(durations.percentiles()).isEqualTo(new EndpointStatistics.Percentiles(50, 95, 99));
		for (int attempt = 0; attempt < 256; attempt++) {
			durations.add(Duration.ofMillis(3));
		}
		assertThat(durations.percentiles()).isEqualTo(new EndpointStatistics.Percentiles(3, 3, 3));
	}

	/** A provider may report any number. */
	@Test
	void tokensNeverBecomeNegative() {
		EndpointStatistics statistics = new EndpointStatistics();
		Usage absurd = new Usage(Long.MAX_VALUE, Long.MAX_VALUE, null, null);
		for (int number = 1; number <= 3; number++) {
			statistics.add(Attempt.builder()
				.number(number)
				.endpoint("primary")
				.model("large")
				.outcome(AttemptOutcome.SUCCEEDED)
				.usage(absurd)
				.build());
		}
		assertThat(statistics.summary().tokens())
			.isEqualTo(new EndpointStatistics.Tokens(Long.MAX_VALUE, Long.MAX_VALUE));
	}

}
