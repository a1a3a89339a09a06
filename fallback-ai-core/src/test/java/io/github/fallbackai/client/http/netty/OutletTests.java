// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Outlet} with a source that the test plays.
 */
class OutletTests {

	private static final int ELEMENTS = 200_000;

	private final Asked asked = new Asked();

	private final Consumer consumer = new Consumer();

	private final Outlet<Integer> outlet = new Outlet<>(this.consumer, this.asked);

	@Test
	void passesOnAtOnceWhatThereIsDemandFor() {
		subscribe(2);
		this.outlet.open();
		this.outlet.accept(1);
		assertThat(this.consumer.received).containsExactly(1);
		this.outlet.accept(2);
		this.outlet.accept(3);
		assertThat(this.consumer.received).containsExactly(1, 2);
		this.outlet.close();
		this.consumer.request(1);
		assertThat(this.consumer.received).containsExactly(1, 2, 3);
	}

	@Test
	void asksAgainWhenEverythingWasTaken() {
		subscribe(1);
		assertThat(this.asked.times).isEqualTo(1);
		give(1, 2);
		assertThat(this.asked.times).isEqualTo(1);
		this.consumer.request(1);
		assertThat(this.asked.times).isEqualTo(1);
		this.consumer.request(1);
		assertThat(this.asked.times).isEqualTo(2);
		give();
		assertThat(this.asked.times).as("an answer without elements").isEqualTo(3);
	}

	@Test
	void asksOnceForEverything() {
		subscribe(Long.MAX_VALUE);
		give(1, 2);
		give();
		this.consumer.request(5);
		assertThat(this.asked.times).isEqualTo(1);
		assertThat(this.asked.all).isTrue();
	}

	@Test
	void theEndWaitsForWhatIsThere() {
		subscribe(1);
		give(1, 2);
		this.outlet.end(new IllegalStateException("end"));
		assertThat(this.consumer.ended).isNull();
		this.consumer.request(1);
		assertThat(this.consumer.received).containsExactly(1, 2);
		assertThat(this.consumer.ended).isEqualTo(SignalType.ON_ERROR);
	}

	@Test
	void whatIsGivenBeforeTheFirstDemandComesFirst() {
		this.outlet.accept(1);
		subscribe(Long.MAX_VALUE);
		give(2);
		assertThat(this.consumer.received).containsExactly(1, 2);
	}

	@Test
	void nothingIsPassedOnAfterTheConsumerLeft() {
		subscribe(Long.MAX_VALUE);
		this.consumer.leaveAfter = 1;
		give(1, 2);
		this.outlet.end(null);
		assertThat(this.consumer.received).containsExactly(1);
		assertThat(this.asked.left).isEqualTo(1);
		assertThat(this.outlet.cancelled()).isTrue();
	}

	@Test
	void keepsTheOrderWhenAskingAndGivingMeet() throws InterruptedException {
		this.asked.permits = new Semaphore(0);
		subscribe(0);
		Thread giving = new Thread(this::giveAll);
		giving.start();
		ThreadLocalRandom random = ThreadLocalRandom.current();
		for (int demanded = 0; demanded < ELEMENTS;) {
			int more = 1 + random.nextInt(4);
			this.consumer.request(more);
			demanded += more;
		}
		assertThat(this.consumer.over.await(60, TimeUnit.SECONDS)).isTrue();
		giving.join();
		assertThat(this.consumer.received).hasSize(ELEMENTS).isSorted();
	}

	private void giveAll() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int next = 0;
		while (next < ELEMENTS) {
			this.asked.permits.acquireUninterruptibly();
			this.outlet.open();
			for (int left = random.nextInt(6); left > 0 && next < ELEMENTS; left--) {
				this.outlet.accept(next++);
			}
			if (next == ELEMENTS) {
				this.outlet.end(null);
			}
			this.outlet.close();
		}
	}

	private void subscribe(long demand) {
		this.consumer.first = demand;
		this.consumer.onSubscribe(this.outlet);
	}

	private void give(int... elements) {
		this.outlet.open();
		for (int element : elements) {
			this.outlet.accept(element);
		}
		this.outlet.close();
	}

	private static final class Asked implements Outlet.Source {

		private Semaphore permits = new Semaphore(0);

		private int times;

		private boolean all;

		private int left;

		@Override
		public void ask(long n) {
			this.times++;
			this.all |= n == Long.MAX_VALUE;
			this.permits.release();
		}

		@Override
		public void leave() {
			this.left++;
		}

	}

	private static final class Consumer extends BaseSubscriber<Integer> {

		private final List<Integer> received = new ArrayList<>();

		private final CountDownLatch over = new CountDownLatch(1);

		private long first;

		private int leaveAfter = Integer.MAX_VALUE;

		private SignalType ended;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			if (this.first > 0) {
				request(this.first);
			}
		}

		@Override
		protected void hookOnNext(Integer element) {
			this.received.add(element);
			if (this.received.size() == this.leaveAfter) {
				cancel();
			}
		}

		@Override
		protected void hookOnError(Throwable error) {
			// The signal type tells.
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.ended = type;
			this.over.countDown();
		}

	}

}
