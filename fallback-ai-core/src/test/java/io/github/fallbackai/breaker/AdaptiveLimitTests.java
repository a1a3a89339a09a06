// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdaptiveLimitTests {

	private static final long MILLI = Duration.ofMillis(1).toNanos();

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private long now = Long.MAX_VALUE - SECOND;

	@Test
	void startsWithTwentyOrWhatIsAllowed() {
		assertThat(new AdaptiveLimit(0).current()).isEqualTo(20);
		assertThat(new AdaptiveLimit(8).current()).isEqualTo(8);
	}

	@Test
	void growsByAboutOneForEachRoundOfCallsThatNeedsIt() {
		AdaptiveLimit limit = new AdaptiveLimit(0);
		for (int call = 0; call < 21; call++) {
			limit.answered(100 * MILLI, 20, this.now);
		}
		assertThat(limit.current()).isEqualTo(21);
	}

	@Test
	void staysWhereItIsWhileItIsNotNeeded() {
		AdaptiveLimit limit = new AdaptiveLimit(0);
		for (int call = 0; call < 1000; call++) {
			limit.answered(100 * MILLI, 3, this.now);
		}
		assertThat(limit.current()).isEqualTo(20);
	}

	@Test
	void neverExceedsItsBound() {
		AdaptiveLimit limit = new AdaptiveLimit(8);
		for (int call = 0; call < 1000; call++) {
			limit.answered(100 * MILLI, 8, this.now);
		}
		assertThat(limit.current()).isEqualTo(8);
	}

	@Test
	void shrinksOnceForManyComplaintsAtATime() {
		AdaptiveLimit limit = new AdaptiveLimit(0);
		for (int call = 0; call < 20; call++) {
			limit.overloaded(this.now);
		}
		assertThat(limit.current()).isEqualTo(14);
		this.now += SECOND;
		limit.overloaded(this.now);
		assertThat(limit.current()).isEqualTo(9);
	}

	@Test
	void shrinksWhenAnswersBecomeFarSlower() {
		AdaptiveLimit limit = new AdaptiveLimit(0);
		limit.answered(100 * MILLI, 20, this.now);
		limit.answered(350 * MILLI, 20, this.now);
		assertThat(limit.current()).isEqualTo(18);
	}

	@Test
	void alwaysLeavesOnePlace() {
		AdaptiveLimit limit = new AdaptiveLimit(2);
		for (int call = 0; call < 20; call++) {
			this.now += SECOND;
			limit.overloaded(this.now);
		}
		assertThat(limit.current()).isOne();
	}

}
