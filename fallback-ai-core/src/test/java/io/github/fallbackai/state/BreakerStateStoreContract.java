// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store keeps to, whether it lives in memory or elsewhere. */
public abstract class BreakerStateStoreContract {

	/**
	 * More than a slow machine needs for a round trip, much less than the durations in
	 * these tests.
	 */
	static final Duration SLACK = Duration.ofSeconds(10);

	private final EndpointId endpoint = newEndpoint();

	/**
	 * Connects one more instance to the store of this test.
	 * @return the instance's store
	 */
	protected abstract BreakerStateStore connect();

	@Test
	void knowsNothingAtFirst() {
		assertThat(connect().load(this.endpoint).blockOptional(SLACK)).isEmpty();
	}

	@Test
	void keepsAStateForEveryInstance() {
		EndpointState state = open(new Version(7, 1));
		assertThat(publish(connect(), state).version()).isEqualTo(state.version());
		EndpointState found = connect().load(this.endpoint).block(SLACK);

		assertThat(found.endpoint()).isEqualTo(this.endpoint);
		assertThat(found.origin()).isEqualTo("instance 1");
		assertThat(found.version()).isEqualTo(state.version());
		assertThat(found.breaker().open()).isTrue();
		assertThat(found.breaker().openings()).isEqualTo(3);
		assertThat(found.coolDown().cause()).isEqualTo(FailureKind.RATE_LIMITED);
		assertThat(found.breaker().remaining()).isBetween(Duration.ofMinutes(2).minus(SLACK), Duration.ofMinutes(2));
		assertThat(found.coolDown().remaining()).isBetween(Duration.ofMinutes(1).minus(SLACK), Duration.ofMinutes(1));
	}

	@Test
	void keepsStatesOfEndpointsApart() {
		publish(connect(), open(new Version(7, 1)));

		assertThat(connect().load(newEndpoint()).blockOptional(SLACK)).isEmpty();
	}

	@Test
	void replacesAnOlderState() {
		publish(connect(), open(new Version(7, 1)));
		publish(connect(), closed(new Version(7, 2)));
		EndpointState found = connect().load(this.endpoint).block(SLACK);

		assertThat(found.version()).isEqualTo(new Version(7, 2));
		assertThat(found.breaker().open()).isFalse();
		assertThat(found.coolDown()).isNull();
	}

	@Test
	void answersWithTheStateThatIsNotOlder() {
		publish(connect(), open(new Version(7, 2)));
		assertThat(publish(connect(), closed(new Version(7, 1))).version()).isEqualTo(new Version(7, 2));
		assertThat(publish(connect(), closed(new Version(7, 2))).breaker().open()).isTrue();

		assertThat(connect().load(this.endpoint).block(SLACK).breaker().open()).isTrue();
	}

	@Test
	void ordersLinesOfStatesByEpochThenCounter() {
		publish(connect(), closed(new Version(-7, 9)));
		publish(connect(), closed(new Version(Long.MAX_VALUE, 1)));
		publish(connect(), closed(new Version(8, Long.MAX_VALUE)));

		assertThat(connect().load(this.endpoint).block(SLACK).version()).isEqualTo(new Version(Long.MAX_VALUE, 1));
	}

	@Test
	void tellsEveryFollowerWhatItAcceptsAndNothingElse() {
		Queue<Version> here = new ConcurrentLinkedQueue<>();
		Queue<Version> there = new ConcurrentLinkedQueue<>();
		BreakerStateStore store = connect();
		Disposable.Composite following = Disposables.composite(follow(store, here), follow(connect(), there));
		publish(store, open(new Version(7, 1)));
		publish(connect(), closed(new Version(7, 3)));
		publish(store, open(new Version(7, 2)));
		publish(store, open(new Version(7, 3)));
		publish(store, open(new Version(7, 4)));
		List<Version> expected = List.of(new Version(7, 1), new Version(7, 3), new Version(7, 4));

		Awaitility.await().untilAsserted(() -> assertThat(here).containsExactlyElementsOf(expected));
		Awaitility.await().untilAsserted(() -> assertThat(there).containsExactlyElementsOf(expected));
		following.dispose();
	}

	@Test
	void stopsToTellWhoeverLeft() {
		Queue<Version> left = new ConcurrentLinkedQueue<>();
		Queue<Version> stayed = new ConcurrentLinkedQueue<>();
		BreakerStateStore store = connect();
		Disposable leaving = follow(store, left);
		Disposable staying = follow(store, stayed);
		leaving.dispose();
		publish(store, open(new Version(7, 1)));

		Awaitility.await().untilAsserted(() -> assertThat(stayed).hasSize(1));
		assertThat(left).isEmpty();
		staying.dispose();
	}

	@Test
	void publishesNothingBeforeTheSubscription() {
		BreakerStateStore store = connect();
		store.publish(open(new Version(7, 1)));

		assertThat(store.load(this.endpoint).blockOptional(SLACK)).isEmpty();
	}

	@Test
	void manyConcurrentOffersLeaveTheGreatest() {
		List<Mono<EndpointState>> offers = IntStream.rangeClosed(1, 100)
			.mapToObj((counter) -> closed(new Version(7, counter)))
			.map((state) -> connect().publish(state))
			.toList();
		offers.parallelStream().forEach((offer) -> offer.block(SLACK));

		assertThat(connect().load(this.endpoint).block(SLACK).version()).isEqualTo(new Version(7, 100));
	}

	/** Follows, and returns once the subscription has reached the store. */
	private Disposable follow(BreakerStateStore store, Queue<Version> versions) {
		EndpointId another = newEndpoint();
		AtomicBoolean following = new AtomicBoolean();
		Disposable subscription = store.changes().subscribe((state) -> {
			if (state.endpoint().equals(this.endpoint)) {
				versions.add(state.version());
			}
			following.compareAndSet(false, state.endpoint().equals(another));
		});
		AtomicLong counter = new AtomicLong();
		Awaitility.await().until(() -> {
			Version version = new Version(1, counter.incrementAndGet());
			publish(store, new EndpointState(another, version, BreakerVerdict.CLOSED, null));
			return following.get();
		});
		return subscription;
	}

	private static EndpointState publish(BreakerStateStore store, EndpointState state) {
		return store.publish(state).block(SLACK);
	}

	private EndpointState open(Version version) {
		return state(version, new BreakerVerdict(true, 3, Duration.ofMinutes(2)),
				new CoolDown(FailureKind.RATE_LIMITED, Duration.ofMinutes(1)));
	}

	private EndpointState closed(Version version) {
		return state(version, BreakerVerdict.CLOSED, null);
	}

	private EndpointState state(Version version, BreakerVerdict verdict, @Nullable CoolDown coolDown) {
		return new EndpointState(this.endpoint, version, verdict, coolDown, "instance 1");
	}

	/** A new name for every test: a store elsewhere may outlive it. */
	static EndpointId newEndpoint() {
		return Endpoint.named("endpoint-" + UUID.randomUUID())
			.url(URI.create("https://api.example.com/v1"))
			.model("model")
			.build()
			.id();
	}

}
