// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Background probes in what operators see. */
class ReportedProbesTests {

	private final FailoverEvent probed = new FailoverEvent.EndpointProbed("primary",
			Attempt.builder()
				.number(1)
				.endpoint("primary")
				.model("large")
				.outcome(AttemptOutcome.FAILED)
				.failure(FailureKind.OVERLOADED)
				.duration(Duration.ofMillis(5))
				.usage(new Usage(8, 1, null, null))
				.cost(new Cost(new BigDecimal("0.25"), true))
				.build(),
			null);

	@Test
	void countByThemselvesInTheStatisticsButCostLikeAttempts() {
		StatisticsCallListener listener = new StatisticsCallListener();
		listener.onEvent(this.probed);
		EndpointStatistics.Summary summary = listener.of("primary").summary();

		assertThat(summary.probes()).isEqualTo(Map.of("failed", 1L));
		assertThat(summary.attempts()).isEmpty();
		assertThat(summary.failures()).isEmpty();
		assertThat(summary.latency()).isNull();
		assertThat(summary.tokens().input()).isEqualTo(8);
		assertThat(summary.cost().total()).isEqualByComparingTo("0.25");
		assertThat(summary.cost().estimated()).isEqualByComparingTo("0.25");
	}

	@Test
	void areInTheJournal() {
		EventJournal journal = new EventJournal("pod-7", Clock.systemUTC());
		journal.onEvent(this.probed);

		assertThat(journal.latestFirst()).singleElement().satisfies((entry) -> {
			assertThat(entry.type()).isEqualTo("probed");
			assertThat(entry.endpoint()).isEqualTo("primary");
			assertThat(entry.reason()).isEqualTo("OVERLOADED");
			assertThat(entry.instance()).isEqualTo("pod-7");
		});
	}

}
