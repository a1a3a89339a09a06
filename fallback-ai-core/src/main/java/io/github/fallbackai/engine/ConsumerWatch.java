package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.endpoint.Nanos;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Scheduler;

/**
 * Ends a call whose consumer has taken nothing for too long, so that it does not hold a
 * place at an endpoint. One timer at a time, however often the consumer pauses.
 */
final class ConsumerWatch extends DemandWatch<ChatEvent> {

	private static final long TAKING = Long.MIN_VALUE;

	private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

	private final long limit;

	private final Supplier<Throwable> onStall;

	private final AtomicBoolean timed = new AtomicBoolean();

	/** Since when the consumer wants nothing. */
	private volatile long pausedAt = TAKING;

	private volatile boolean stalled;

	/**
	 * Creates a watch.
	 * @param actual the consumer
	 * @param limit how long it may take nothing
	 * @param scheduler clock and timers
	 * @param onStall says with which error a call ends whose source has been cancelled
	 */
	ConsumerWatch(CoreSubscriber<? super ChatEvent> actual, Duration limit, Scheduler scheduler,
			Supplier<Throwable> onStall) {
		super(actual, scheduler);
		this.limit = Nanos.of(limit);
		this.onStall = onStall;
	}

	/** Whether the call ended because the consumer took nothing. */
	boolean stalled() {
		return this.stalled;
	}

	@Override
	void paused() {
		this.pausedAt = now();
		if (this.timed.compareAndSet(false, true)) {
			wakeIn(this.limit);
		}
	}

	@Override
	void resumed() {
		this.pausedAt = TAKING;
	}

	@Override
	void onTimer() {
		long since = this.pausedAt;
		if (since == TAKING) {
			this.timed.set(false);
			pauseUnlessRequested();
			return;
		}
		long left = since + this.limit - now();
		if (left <= 0 && endIfQuiet()) {
			this.stalled = true;
			source().cancel();
			actual().onError(this.onStall.get());
		}
		else if (!ended()) {
			wakeIn(Math.max(left, SHORTEST_WAIT));
		}
	}

}
