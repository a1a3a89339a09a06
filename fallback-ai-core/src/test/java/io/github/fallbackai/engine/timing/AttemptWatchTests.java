// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * An endpoint is not blamed for what this process was too slow to read, and no limit is
 * overlooked.
 */
class AttemptWatchTests {

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final Duration IDLE = Duration.ofSeconds(30);

	private static final EndpointEvent TEXT = new EndpointEvent.Text("hello");

	private final StandingStill time = new StandingStill();

	private final Sinks.Many<EndpointEvent> source = Sinks.many().unicast().onBackpressureBuffer();

	private final Flux<EndpointEvent> watched = watched();

	@Test
	void readsWhatArrivedWhileTheProcessStoodStill() {
		StepVerifier.create(this.watched).then(() -> {
			this.time.advance(Duration.ofMillis(1900));
			this.time.standStill(Duration.ofSeconds(3));
			this.time.advance(Duration.ofMillis(150));
			this.source.tryEmitNext(TEXT);
			this.source.tryEmitComplete();
		}).expectNext(TEXT).verifyComplete();
	}

	@Test
	void endsAnAttemptWhoseEndpointWasSilentAllTheSame() {
		StepVerifier.create(this.watched).then(() -> {
			this.time.advance(Duration.ofMillis(1900));
			this.time.standStill(Duration.ofSeconds(3));
			this.time.advance(Duration.ofMillis(150));
		}).then(() -> this.time.advance(Duration.ofMillis(100))).verifyError(EndpointException.class);
	}

	@Test
	void waitsForAProcessThatIsAlwaysLateOnceOnly() {
		StepVerifier.create(this.watched).then(() -> {
			this.time.advance(Duration.ofMillis(1900));
			this.time.standStill(Duration.ofSeconds(3));
			this.time.advance(Duration.ofMillis(100));
			this.time.standStill(Duration.ofSeconds(3));
			this.time.advance(Duration.ofMillis(100));
		}).verifyError(EndpointException.class);
	}

	@Test
	void noticesALimitThatComesNearerWhileItSetsATimer() {
		StepVerifier.create(this.watched).then(() -> {
			this.source.tryEmitNext(TEXT);
			this.time.whileSettingATimer = () -> this.source
				.tryEmitNext(new EndpointEvent.Finished(FinishReason.STOP, null));
			this.time.advance(LIMIT);
			this.time.advance(Duration.ofSeconds(2));
		}).expectNextCount(2).verifyComplete();
	}

	private Flux<EndpointEvent> watched() {
		AttemptBudget budget = new AttemptBudget(Limit.of(LIMIT), Limit.NONE, Limit.of(IDLE), Limit.NONE, Limit.NONE,
				Long.MAX_VALUE);
		return Flux.from((subscriber) -> this.source.asFlux()
			.subscribe(new AttemptWatch(Operators.toCoreSubscriber(subscriber), new AttemptClock(budget, this.time))));
	}

	/** Virtual time in which the clock can leap while no timer fires. */
	private static final class StandingStill implements Scheduler {

		private final VirtualTimeScheduler timers = VirtualTimeScheduler.create();

		private volatile long stood;

		private Runnable whileSettingATimer;

		void advance(Duration duration) {
			this.timers.advanceTimeBy(duration);
		}

		void standStill(Duration duration) {
			this.stood += duration.toNanos();
		}

		@Override
		public long now(TimeUnit unit) {
			return unit.convert(this.timers.now(TimeUnit.NANOSECONDS) + this.stood, TimeUnit.NANOSECONDS);
		}

		@Override
		public Disposable schedule(Runnable task) {
			return this.timers.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			Runnable meanwhile = this.whileSettingATimer;
			this.whileSettingATimer = null;
			if (meanwhile != null) {
				meanwhile.run();
			}
			return this.timers.schedule(task, delay, unit);
		}

		@Override
		public Worker createWorker() {
			return this.timers.createWorker();
		}

	}

}
