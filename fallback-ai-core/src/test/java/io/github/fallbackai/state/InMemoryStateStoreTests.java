// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryStateStoreTests extends BreakerStateStoreContract {

	private final AtomicLong clock = new AtomicLong();

	private final InMemoryStateStore store = new InMemoryStateStore(this.clock::get);

	@Override
	protected BreakerStateStore connect() {
		return this.store;
	}

	@Test
	void countsDurationsDown() {
		EndpointState state = stateOfTwoMinutesAndOne();
		this.store.publish(state).block();
		this.clock.addAndGet(Duration.ofSeconds(59).toNanos());
		EndpointState found = this.store.load(state.endpoint()).block();

		assertThat(found.breaker().remaining()).isEqualTo(Duration.ofSeconds(61));
		assertThat(found.coolDown().remaining()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void anExpiredOpeningStaysOpenAndAnExpiredCoolDownIsGone() {
		EndpointState state = stateOfTwoMinutesAndOne();
		this.store.publish(state).block();
		this.clock.addAndGet(Duration.ofHours(1).toNanos());
		EndpointState found = this.store.load(state.endpoint()).block();

		assertThat(found.breaker()).isEqualTo(new BreakerVerdict(true, 1, Duration.ZERO));
		assertThat(found.coolDown()).isNull();
	}

	private static EndpointState stateOfTwoMinutesAndOne() {
		Endpoint endpoint = Endpoint.named("primary").url(URI.create("https://api.example.com/v1")).model("m").build();
		return new EndpointState(endpoint.id(), new Version(1, 1), new BreakerVerdict(true, 1, Duration.ofMinutes(2)),
				new CoolDown(FailureKind.RATE_LIMITED, Duration.ofMinutes(1)));
	}

}
