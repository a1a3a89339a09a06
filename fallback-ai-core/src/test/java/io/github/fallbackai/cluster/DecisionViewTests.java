// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.cluster.DecisionView.Disabling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each also shortly before the nanoseconds wrap, where ends are smaller than now. */
class DecisionViewTests {

	private static final long[] TIMES = { 0, Long.MAX_VALUE - Duration.ofMillis(500).toNanos() };

	@ParameterizedTest
	@CsvSource({ "30, 60, 30", "60, 30, 30", "60, 60, 60" })
	void theEarlierEndOfADecisionThatIsToldAgainHolds(long before, long again, long expected) {
		for (long now : TIMES) {
			DecisionView view = disabled(again, now).noLaterThan(disabled(before, now), now);
			assertThat(view.disablingAt(now).remaining()).isEqualTo(Duration.ofSeconds(expected));
			assertThat(view.preference()).isEqualTo(3);
			assertThat(view.resets()).isEqualTo(4);
		}
	}

	@Test
	void whatIsOverDoesNotComeBackWithADecisionThatIsToldAgain() {
		for (long now : TIMES) {
			long later = now + Duration.ofSeconds(30).toNanos();
			DecisionView again = disabled(60, later);
			assertThat(again.noLaterThan(disabled(30, now), later).disabling()).isNull();
			assertThat(again.noLaterThan(DecisionView.NONE, later).disabling()).isNull();
			assertThat(again.noLaterThan(disabled(30, now), later - 1).disablingAt(later - 1).remaining())
				.isEqualTo(Duration.ofNanos(1));
		}
	}

	@Test
	void whatOnlyAnOperatorEndsHasNoEndThatCouldBeEarlier() {
		DecisionView endless = new DecisionView(Disabling.of(null, "why", 0), 3, 4);
		assertThat(endless.noLaterThan(disabled(30, 0), 0)).isSameAs(endless);
		DecisionView again = disabled(60, 0);
		assertThat(again.noLaterThan(endless, 0)).isSameAs(again);
		assertThat(endless.disablingAt(Long.MAX_VALUE).remaining()).isNull();
		assertThat(DecisionView.NONE.noLaterThan(endless, 0)).isSameAs(DecisionView.NONE);
	}

	@Test
	void aDisablingHoldsUntilItsEnd() {
		for (long now : TIMES) {
			Disabling disabling = Disabling.of(Duration.ofSeconds(1), "why", now);
			long end = now + Duration.ofSeconds(1).toNanos();
			assertThat(disabling.holds(end - 1)).isTrue();
			assertThat(disabling.holds(end)).isFalse();
		}
	}

	private static DecisionView disabled(long seconds, long now) {
		return new DecisionView(Disabling.of(Duration.ofSeconds(seconds), "why", now), 3, 4);
	}

}
