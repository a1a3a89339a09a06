// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.time;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class VirtualTimeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final VirtualTime time = VirtualTime.create();

	private final Scheduler scheduler = this.time.scheduler();

	private final List<String> log = new CopyOnWriteArrayList<>();

	@AfterEach
	void end() {
		this.time.close();
	}

	@Test
	void runsWhatIsDueInOrderAndNothingElse() {
		after(60, "third");
		after(15, "first");
		after(15, "second");
		after(3600, "later");

		this.time.advance(Duration.ofSeconds(60));

		assertThat(this.log).containsExactly("first", "second", "third");
	}

	@Test
	void showsEachTimerTheTimeForWhichItWasSet() {
		long begin = this.scheduler.now(TimeUnit.SECONDS);
		Mono.delay(Duration.ofSeconds(10), this.scheduler).subscribe((tick) -> {
			long seen = this.scheduler.now(TimeUnit.SECONDS) - begin;
			this.log.add((seen >= 10 && seen < 1000) ? "in time" : "after " + seen + " s");
			after(20, "set meanwhile");
		});

		this.time.advance(Duration.ofHours(1));

		assertThat(this.log).containsExactly("in time", "set meanwhile");
		assertThat(this.scheduler.now(TimeUnit.SECONDS) - begin).isGreaterThanOrEqualTo(3600);
		assertThat(this.time.elapsed()).isGreaterThanOrEqualTo(Duration.ofHours(1));
	}

	@Test
	void goesByAsUsualWhileNoneMovesIt() {
		long begin = this.scheduler.now(TimeUnit.NANOSECONDS);

		Mono.delay(Duration.ofMillis(20), this.scheduler).block(PATIENCE);

		assertThat(this.scheduler.now(TimeUnit.NANOSECONDS) - begin).isGreaterThanOrEqualTo(20_000_000);
	}

	@Test
	void repeatsWhatIsPeriodic() {
		AtomicInteger ticks = new AtomicInteger();
		Disposable interval = Flux.interval(Duration.ofMinutes(1), this.scheduler)
			.subscribe((tick) -> ticks.incrementAndGet());

		this.time.advance(Duration.ofMinutes(5));
		assertThat(ticks).hasValue(5);

		interval.dispose();
		this.time.advance(Duration.ofMinutes(5));
		assertThat(ticks).hasValue(5);
	}

	@Test
	void runsNothingThatWasGivenUp() {
		Scheduler.Worker worker = this.scheduler.createWorker();
		worker.schedule(() -> this.log.add("of the worker"), 1, TimeUnit.SECONDS);
		this.scheduler.schedule(() -> this.log.add("alone"), 1, TimeUnit.SECONDS).dispose();
		worker.dispose();

		this.time.advance(Duration.ofSeconds(2));

		assertThat(this.log).isEmpty();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> worker.schedule(() -> {
		}));
	}

	@Test
	void goesOnAfterATimerThatFails() {
		this.scheduler.schedule(() -> {
			throw new IllegalStateException("of this test");
		}, 1, TimeUnit.SECONDS);
		after(2, "next");

		this.time.advance(Duration.ofSeconds(2));

		assertThat(this.log).containsExactly("next");
	}

	@Test
	void lastsForEverWhereALimitIsAsGoodAsNone() {
		this.scheduler.schedule(() -> this.log.add("at the end of the world"), Long.MAX_VALUE, TimeUnit.NANOSECONDS);
		this.scheduler.schedule(() -> this.log.add("at the end of the world"), Long.MAX_VALUE, TimeUnit.DAYS);
		after(1, "soon");

		this.time.advance(Duration.ofDays(365));

		assertThat(this.log).containsExactly("soon");
	}

	@Test
	void isMovedByNoTimer() throws Exception {
		CompletableFuture<Boolean> nonBlocking = new CompletableFuture<>();
		CompletableFuture<Throwable> refused = new CompletableFuture<>();
		this.scheduler.schedule(() -> {
			nonBlocking.complete(Schedulers.isInNonBlockingThread());
			try {
				this.time.advance(Duration.ofSeconds(1));
			}
			catch (IllegalStateException ex) {
				refused.complete(ex);
			}
		});

		assertThat(nonBlocking.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(refused.get(30, TimeUnit.SECONDS)).hasMessageContaining("timer");
	}

	@Test
	void doesNotGoBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.time.advance(Duration.ofSeconds(-1)))
			.withMessageContaining("PT-1S");
	}

	@Test
	void endsOnce() {
		after(1, "never");
		this.time.close();
		this.time.close();

		assertThat(this.scheduler.isDisposed()).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> this.time.advance(Duration.ofSeconds(2)));
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> Mono.delay(Duration.ofSeconds(1), this.scheduler).block(PATIENCE));
		assertThat(this.log).isEmpty();
	}

	private void after(int seconds, String entry) {
		Mono.delay(Duration.ofSeconds(seconds), this.scheduler).subscribe((tick) -> this.log.add(entry));
	}

}
