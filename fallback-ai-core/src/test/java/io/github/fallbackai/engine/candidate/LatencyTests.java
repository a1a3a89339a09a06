// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyTests {

	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());

	private final Latency latency = new Latency(this.clock::get);

	@Test
	void isZeroUntilSomethingIsKnown() {
		assertThat(this.latency.nanos()).isZero();
	}

	@Test
	void followsChangesSlowly() {
		this.latency.add(100);
		assertThat(this.latency.nanos()).isEqualTo(100);
		this.latency.add(200);
		assertThat(this.latency.nanos()).isCloseTo(120, within(1e-9));
		for (int i = 0; i < 100; i++) {
			this.latency.add(200);
		}
		assertThat(this.latency.nanos()).isCloseTo(200, within(1e-3));
	}

	@Test
	void fadesWithoutNews() {
		this.latency.add(800);
		this.clock.addAndGet(Duration.ofMinutes(1).toNanos());
		assertThat(this.latency.nanos()).isCloseTo(400, within(1e-6));
		this.clock.addAndGet(Duration.ofMinutes(2).toNanos());
		assertThat(this.latency.nanos()).isCloseTo(100, within(1e-6));
	}

}
