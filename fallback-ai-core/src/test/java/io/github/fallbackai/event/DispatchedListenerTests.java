// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class DispatchedListenerTests {

	private static final int CAPACITY = 8;

	private final CountDownLatch release = new CountDownLatch(1);

	private final List<FailoverEvent> received = new CopyOnWriteArrayList<>();

	@AfterEach
	void unblock() {
		this.release.countDown();
	}

	@Test
	void tellsEventsInOrderOnAThreadOfItsOwn() {
		List<Thread> threads = new CopyOnWriteArrayList<>();
		try (DispatchedListener listener = new DispatchedListener((event) -> {
			threads.add(Thread.currentThread());
			this.received.add(event);
		})) {
			List<FailoverEvent> events = IntStream.range(0, 100).mapToObj(DispatchedListenerTests::event).toList();
			events.forEach(listener::onEvent);
			Awaitility.await().untilAsserted(() -> assertThat(this.received).isEqualTo(events));
			assertThat(threads).doesNotContain(Thread.currentThread()).allMatch(Thread::isDaemon);
			assertThat(listener.dropped()).isZero();
		}
	}

	@Test
	void dropsAndCountsWhatABlockedListenerCannotTake() {
		try (DispatchedListener listener = new DispatchedListener(this::block, CAPACITY)) {
			listener.onEvent(event(0));
			Awaitility.await().until(() -> !this.received.isEmpty());
			IntStream.rangeClosed(1, CAPACITY + 5).forEach((number) -> listener.onEvent(event(number)));
			assertThat(listener.dropped()).isEqualTo(5);
			this.release.countDown();
			Awaitility.await().untilAsserted(() -> assertThat(this.received).hasSize(CAPACITY + 1));
		}
	}

	@Test
	void goesOnAfterAnException() {
		try (DispatchedListener listener = new DispatchedListener((event) -> {
			this.received.add(event);
			throw new IllegalStateException("broken listener");
		})) {
			listener.onEvent(event(1));
			listener.onEvent(event(2));
			Awaitility.await().untilAsserted(() -> assertThat(this.received).hasSize(2));
		}
	}

	@Test
	void letsTheListenerHaveTheLastEventsWhenClosed() {
		DispatchedListener listener = new DispatchedListener(this.received::add, CAPACITY, Duration.ofSeconds(50));
		listener.onEvent(event(1));
		listener.close();
		assertThat(this.received).hasSize(1);
		listener.onEvent(event(2));
		assertThat(listener.dropped()).isEqualTo(1);
	}

	@Test
	void doesNotWaitForABlockedListenerWhenClosed() {
		DispatchedListener listener = new DispatchedListener(this::block, CAPACITY);
		listener.onEvent(event(1));
		Awaitility.await().until(() -> !this.received.isEmpty());
		long before = System.nanoTime();
		listener.close();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
	}

	private void block(FailoverEvent event) {
		this.received.add(event);
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static FailoverEvent event(int number) {
		return new FailoverEvent.EndpointClosed("endpoint-" + number);
	}

}
