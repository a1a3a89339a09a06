// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However many calls fail, the log stays readable and tells how many lines it lacks.
 */
class LineBudgetTests {

	private final AtomicLong clock = new AtomicLong();

	private final LineBudget budget = new LineBudget(this.clock::get);

	@Test
	void allowsTwentyAtOnceAndThenOneASecond() {
		for (int line = 0; line < 20; line++) {
			assertThat(this.budget.tryWrite()).isZero();
		}
		assertThat(this.budget.tryWrite()).isEqualTo(LineBudget.NONE);
		assertThat(this.budget.tryWrite()).isEqualTo(LineBudget.NONE);
		this.clock.addAndGet(Duration.ofMillis(1500).toNanos());
		assertThat(this.budget.tryWrite()).isEqualTo(2);
		assertThat(this.budget.tryWrite()).isEqualTo(LineBudget.NONE);
		this.clock.addAndGet(Duration.ofMillis(500).toNanos());
		assertThat(this.budget.tryWrite()).isEqualTo(1);
	}

}
