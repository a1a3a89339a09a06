package io.github.fallbackai.breaker;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.fallbackai.event.CallListener;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * What all gates share.
 *
 * @param clock monotonic nanoseconds
 * @param listener is told of openings, closings and cool-downs; does not throw
 * @param exchange the way to other instances
 * @param preferences the ranks of preferred endpoints
 * @param scheduler what waits for moments to come
 */
record GateContext(LongSupplier clock, CallListener listener, StateExchange exchange, Preferences preferences,
		Scheduler scheduler) {

	/** Runs an action at a moment of the clock, or as soon as possible thereafter. */
	Disposable schedule(Runnable action, long at) {
		return this.scheduler.schedule(action, Math.max(0, at - now()), TimeUnit.NANOSECONDS);
	}

	long now() {
		return this.clock.getAsLong();
	}

}
