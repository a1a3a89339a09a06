// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StateStoreActivityTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final StateStoreActivity activity = new StateStoreActivity(this.now::get);

	@Test
	void countsEachThingByItself() {
		this.activity.commandDone();
		this.activity.commandFailed();
		this.activity.commandFailed();
		for (int i = 0; i < 3; i++) {
			this.activity.commandWithheld();
		}
		for (int i = 0; i < 4; i++) {
			this.activity.outage();
		}
		for (int i = 0; i < 5; i++) {
			this.activity.conflict();
		}
		for (int i = 0; i < 6; i++) {
			this.activity.missed();
		}
		this.activity.heard(30);
		this.activity.heard(12);
		assertThat(this.activity.commandsDone()).isEqualTo(1);
		assertThat(this.activity.commandsFailed()).isEqualTo(2);
		assertThat(this.activity.commandsWithheld()).isEqualTo(3);
		assertThat(this.activity.outages()).isEqualTo(4);
		assertThat(this.activity.conflicts()).isEqualTo(5);
		assertThat(this.activity.changesMissed()).isEqualTo(6);
		assertThat(this.activity.changesHeard()).isEqualTo(2);
		assertThat(this.activity.timeToHear()).isEqualTo(Duration.ofNanos(42));
	}

	@Test
	void tellsTheTimeSinceTheLastComparison() {
		assertThat(this.activity.sinceComparison()).isNull();
		this.activity.compared();
		this.now.addAndGet(10);
		assertThat(this.activity.sinceComparison()).isEqualTo(Duration.ofNanos(10));
	}

}
