// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.HeldPlaces;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.SpendStore;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that share places through a store. */
class PlacesTests {

	private static final EndpointId SUBJECT = new EndpointId("gateway.web", "calls");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration SYNC = Duration.ofSeconds(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Store store = new Store();

	private final Places here = instance();

	private final Places there = instance();

	@Test
	void knowWhatOthersHaveTakenAfterASecond() {
		assertThat(this.here.tryTake()).isTrue();
		assertThat(this.here.tryTake()).isTrue();
		this.time.advanceTimeBy(SYNC);
		assertThat(this.there.tryTake()).isFalse();
		this.here.free();
		this.time.advanceTimeBy(SECOND.multipliedBy(2));
		assertThat(this.there.tryTake()).isTrue();
		assertThat(this.there.tryTake()).isFalse();
	}

	/** Whenever that is, in the time between two questions of an instance at rest. */
	@Test
	void knowWhatOthersHaveGivenBackAfterASecond() {
		for (int moment = 0; moment < 10; moment++) {
			assertThat(this.here.tryTake()).isTrue();
			this.time.advanceTimeBy(SYNC.plus(SECOND.multipliedBy(moment).dividedBy(2)));
			this.here.free();
			this.time.advanceTimeBy(SECOND.multipliedBy(2));
			assertThat(this.there.tryTake() && this.there.tryTake()).as("moment %d", moment).isTrue();
			this.there.free();
			this.there.free();
			this.time.advanceTimeBy(SYNC.multipliedBy(3));
		}
	}

	@Test
	void exceedTheNumberByWhatTheyTakeWithinASecond() {
		assertThat(this.here.tryTake() && this.here.tryTake()).isTrue();
		assertThat(this.there.tryTake() && this.there.tryTake()).isTrue();
		assertThat(this.here.tryTake() || this.there.tryTake()).isFalse();
		this.here.free();
		this.there.free();
		this.time.advanceTimeBy(SECOND.multipliedBy(3));
		assertThat(this.here.tryTake() || this.there.tryTake()).isFalse();
	}

	@Test
	void countAloneOnceTheStoreHasNotAnsweredForAWhile() {
		assertThat(this.here.tryTake() && this.here.tryTake()).isTrue();
		this.time.advanceTimeBy(SYNC);
		this.store.down = true;
		assertThat(this.there.tryTake()).isFalse();
		this.time.advanceTimeBy(SYNC.plus(SECOND));
		assertThat(this.there.tryTake()).isTrue();
		assertThat(this.here.tryTake()).isFalse();
		this.store.down = false;
		this.time.advanceTimeBy(SYNC);
		assertThat(this.there.tryTake()).isFalse();
	}

	/**
	 * One report a second, however many calls there are, and one in each interval without
	 * any.
	 */
	@Test
	void askTheStoreOnceASecondAtMost() {
		this.time.advanceTimeBy(SYNC);
		int before = this.store.reports;
		this.time.advanceTimeBy(SYNC.multipliedBy(10));
		assertThat(this.store.reports - before).isLessThanOrEqualTo(2 * 11);
		before = this.store.reports;
		for (int call = 0; call < 1000; call++) {
			this.here.tryTake();
			this.here.free();
			this.time.advanceTimeBy(Duration.ofMillis(10));
		}
		assertThat(this.store.reports - before).isLessThanOrEqualTo(11 + 3);
	}

	private Places instance() {
		Places places = new Places(SUBJECT, 2, () -> this.time.now(TimeUnit.NANOSECONDS));
		new SharedCounts(List.of(), List.of(places), this.store, SYNC, this.time);
		return places;
	}

	private static final class Store implements SpendStore {

		private final Map<String, Integer> held = new HashMap<>();

		private boolean down;

		private int reports;

		@Override
		public Mono<Long> report(SpendReport report) {
			return Mono.error(new IllegalStateException("not asked for"));
		}

		@Override
		public Mono<Long> hold(HeldPlaces places) {
			this.reports++;
			if (this.down) {
				return Mono.error(new IllegalStateException("down"));
			}
			this.held.put(places.contributor(), places.places());
			return Mono.just(this.held.values().stream().mapToLong(Integer::longValue).sum());
		}

	}

}
