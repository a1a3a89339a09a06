// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ModelThreadsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final CountDownLatch end = new CountDownLatch(1);

	@Test
	void aThreadIsBusyUntilItReturnsAndOnlyForItsModel() {
		try (ModelThreads threads = new ModelThreads(2)) {
			for (int i = 0; i < 2; i++) {
				block(threads, "stuck").dispose();
			}
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> threads.of("stuck"))
				.withMessageContaining("All 2 threads");
			assertThat(threads.of("other")).isNotNull();
			this.end.countDown();
			Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> threads.of("stuck") != null);
		}
	}

	@Test
	void closingInterruptsThem() throws InterruptedException {
		CountDownLatch interrupted = new CountDownLatch(1);
		CountDownLatch begun = new CountDownLatch(1);
		ModelThreads threads = new ModelThreads(2);
		threads.of("one").schedule(() -> {
			begun.countDown();
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		});
		assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		threads.close();
		assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	/** Begins a task that no interrupt ends. */
	private Disposable block(ModelThreads threads, String model) {
		CountDownLatch begun = new CountDownLatch(1);
		Disposable task = threads.of(model).schedule(() -> {
			begun.countDown();
			boolean ended = false;
			while (!ended) {
				try {
					this.end.await();
					ended = true;
				}
				catch (InterruptedException ex) {
					// Goes on.
				}
			}
		});
		Awaitility.await().atMost(PATIENCE).until(() -> begun.getCount() == 0);
		return task;
	}

}
