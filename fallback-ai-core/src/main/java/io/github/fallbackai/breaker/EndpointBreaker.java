// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one endpoint: lets calls in and records how they end. Safe for
 * use by several threads.
 * <p>
 * Every change happens under one lock, recording included. Resilience4j judges an outcome
 * by its present state, so an outcome must not count in a state to which its call never
 * belonged. Our listeners are told after the lock is released. Resilience4j's event
 * consumers run under the lock.
 */
final class EndpointBreaker {

	private final ReentrantLock lock = new ReentrantLock();

	private final CircuitBreaker breaker;

	private final FailureStreak streak;

	private final BreakerPhases phases;

	private final LongSupplier clock;

	private final Changes changes;

	private @Nullable FailureKind latestFailure;

	/**
	 * Takes control of a breaker.
	 * @param endpoint the endpoint
	 * @param breaker its breaker at Resilience4j
	 * @param clock monotonic nanoseconds
	 * @param changes is told of openings and closings that happen here
	 */
	EndpointBreaker(Endpoint endpoint, CircuitBreaker breaker, LongSupplier clock, Changes changes) {
		this.breaker = breaker;
		this.streak = new FailureStreak(endpoint.breaker().failureThreshold());
		this.phases = new BreakerPhases(endpoint, breaker, this.streak, clock);
		this.clock = clock;
		this.changes = changes;
		breaker.getEventPublisher().onStateTransition((event) -> changedOutside()).onReset((event) -> reset());
	}

	Phase phase() {
		return this.phases.current();
	}

	State state() {
		return this.breaker.getState();
	}

	/** The share of its usual calls that the endpoint should get. */
	double usableShare(long now) {
		return this.phases.usableShare(now);
	}

	/** How long the endpoint would be left alone if a probe failed now. */
	Duration nextWait(long now) {
		return this.phases.nextWait(now);
	}

	/** Whether a probe is under way. */
	boolean probing() {
		Phase phase = phase();
		int judged = this.breaker.getMetrics().getNumberOfBufferedCalls();
		return phase.is(State.HALF_OPEN) && this.phases.permittedProbes() - phase.places() > judged;
	}

	/**
	 * What other instances need to know about this breaker.
	 * @return its verdict, or {@code null} if the application controls it, because then
	 * it says nothing about the endpoint
	 */
	@Nullable BreakerVerdict verdict(long now) {
		Phase phase = phase();
		if (!phase.troubled() && !phase.is(State.CLOSED)) {
			return null;
		}
		Duration remaining = (phase.is(State.OPEN) && !phase.reached(now)) ? Duration.ofNanos(phase.until() - now)
				: Duration.ZERO;
		return new BreakerVerdict(phase.troubled(), this.phases.openings(), remaining);
	}

	/**
	 * Lets a call in.
	 * @return its permit, or {@code null} if it may not go in
	 */
	@Nullable BreakerPermit tryEnter(long now) {
		return enter(() -> {
			Phase phase = phase();
			if (phase.troubled()) {
				return enterAsProbe(now, now, false);
			}
			if (phase.is(State.FORCED_OPEN)) {
				return null;
			}
			this.streak.callStarted(now);
			return new BreakerPermit(false, false, phase.epoch());
		});
	}

	/**
	 * Lets a probe in that no call makes.
	 * @param lead how long before the end of the wait
	 * @return its permit, or {@code null} if none is due
	 */
	@Nullable BreakerPermit tryProbe(long now, long lead) {
		return enter(() -> phase().troubled() ? enterAsProbe(now, now + lead, true) : null);
	}

	private @Nullable BreakerPermit enter(Supplier<@Nullable BreakerPermit> entrance) {
		FailoverEvent change;
		BreakerPermit permit;
		this.lock.lock();
		try {
			change = this.phases.follow(null);
			permit = entrance.get();
		}
		finally {
			this.lock.unlock();
		}
		tell(change, false);
		return permit;
	}

	private @Nullable BreakerPermit enterAsProbe(long now, long due, boolean background) {
		Phase before = phase();
		if (!before.availability(due).available()) {
			return null;
		}
		if (before.places() == 0) {
			// Either the time to probe has come, or probes that never reported hold all
			// places.
			this.phases.halfOpen();
		}
		if (!phase().is(State.HALF_OPEN) || !this.breaker.tryAcquirePermission()) {
			return null;
		}
		this.phases.probeStarted(now);
		if (background) {
			this.phases.nextWaitFrom(before.is(State.OPEN) && !before.reached(now) ? before.until() : now);
		}
		return new BreakerPermit(true, background, phase().epoch());
	}

	/**
	 * A call received its first content. A probe is judged here, other calls are not.
	 */
	void firstContent(BreakerPermit permit, long nanos) {
		if (permit.probe()) {
			succeeded(permit, nanos);
		}
	}

	/** A call succeeded. */
	void succeeded(BreakerPermit permit, long nanos) {
		record(permit, () -> {
			if (permit.judged()) {
				return;
			}
			this.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
			this.streak.end();
			if (permit.probe()) {
				permit.markJudged();
			}
			else {
				this.phases.succeeded();
			}
		});
	}

	/** A call failed in a way that counts. */
	void failed(BreakerPermit permit, long nanos, FailureKind cause, Throwable recorded) {
		record(permit, () -> {
			this.latestFailure = cause;
			this.breaker.onError(nanos, TimeUnit.NANOSECONDS, recorded);
			if (this.streak.failed(this.clock.getAsLong()) && state() == State.CLOSED) {
				this.phases.open();
			}
		});
	}

	/** A call ended without a verdict. */
	void released(BreakerPermit permit) {
		record(permit, () -> {
			this.breaker.releasePermission();
			this.phases.probeReleased();
		});
	}

	private void record(BreakerPermit permit, Runnable recording) {
		tell(locked(() -> {
			FailoverEvent change = this.phases.follow(null);
			if (!permit.belongsTo(phase())) {
				return change;
			}
			recording.run();
			return this.phases.follow(this.latestFailure);
		}), true);
	}

	/** Follows another instance that opened; returns what listeners should hear. */
	@Nullable FailoverEvent followOpening(BreakerVerdict verdict) {
		return locked(() -> this.phases.followOpening(verdict));
	}

	/** Follows another instance that closed; returns what listeners should hear. */
	@Nullable FailoverEvent followClosing() {
		return locked(this.phases::followClosing);
	}

	/**
	 * Closes, also if the application controls the breaker, and forgets all history;
	 * returns what listeners should hear.
	 */
	@Nullable FailoverEvent close() {
		return locked(() -> {
			this.breaker.reset();
			return this.phases.follow(null);
		});
	}

	/** Forgets all history while it is closed. */
	void forget() {
		locked(() -> {
			if (state() == State.CLOSED) {
				this.breaker.reset();
			}
			return null;
		});
	}

	private void changedOutside() {
		// After a transition of our own, the code that holds the lock follows it when
		// Resilience4j has finished.
		if (!this.lock.isHeldByCurrentThread()) {
			tell(locked(() -> this.phases.follow(null)), false);
		}
	}

	private void reset() {
		locked(() -> {
			this.phases.restart();
			return null;
		});
	}

	private @Nullable FailoverEvent locked(Supplier<@Nullable FailoverEvent> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void tell(@Nullable FailoverEvent change, boolean judged) {
		if (change != null) {
			this.changes.changed(change, judged);
		}
	}

	/**
	 * Is told what happens to the breaker.
	 */
	@FunctionalInterface
	interface Changes {

		/**
		 * The breaker opened or closed again.
		 * @param change what happened
		 * @param judged whether the outcome of a call caused it, and not an operator or
		 * the application
		 */
		void changed(FailoverEvent change, boolean judged);

	}

}
