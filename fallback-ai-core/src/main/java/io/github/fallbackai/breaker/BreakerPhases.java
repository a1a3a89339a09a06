// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.IllegalStateTransitionException;
import org.jspecify.annotations.Nullable;

/**
 * Changes the state of Resilience4j's breaker, and follows its changes. It also knows
 * what Resilience4j does not know: until when a breaker is open, and when a probe has
 * been silent for too long. Reading needs no lock. Everything else needs the breaker's
 * lock.
 */
final class BreakerPhases {

	/** The share of its calls that an endpoint gets when its breaker has just closed. */
	private static final double FIRST_SHARE = 0.1;

	private static final long SHORTEST_PROBE_LIMIT_NANOS = Duration.ofMinutes(1).toNanos();

	private final String name;

	private final CircuitBreaker breaker;

	private final FailureStreak streak;

	private final Outage outage;

	private final long probeLimit;

	private final long rampUp;

	private final LongSupplier clock;

	private volatile Phase current;

	/**
	 * The moment from which the wait after a probe of our own counts, {@code null} if a
	 * call made the latest probe. So a probe that hangs does not put off the next.
	 */
	private @Nullable Long waitFrom;

	BreakerPhases(Endpoint endpoint, CircuitBreaker breaker, FailureStreak streak, LongSupplier clock) {
		long now = clock.getAsLong();
		this.name = endpoint.name();
		this.breaker = breaker;
		this.streak = streak;
		this.outage = new Outage(breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState(),
				endpoint.breaker().window());
		this.probeLimit = probeLimit(endpoint.limits());
		this.rampUp = Nanos.of(endpoint.breaker().recoveryTimeout());
		this.clock = clock;
		this.current = new Phase(State.CLOSED, 0, now, 0);
		follow(null);
	}

	private static long probeLimit(AttemptLimits limits) {
		long silence = Nanos.of(limits.connect()) + Nanos.of(limits.firstContent()) + Nanos.of(limits.idle());
		return Math.max(silence, SHORTEST_PROBE_LIMIT_NANOS);
	}

	Phase current() {
		return this.current;
	}

	/** How many openings the present outage had so far, 0 if there is none. */
	int openings() {
		return this.outage.openings();
	}

	/**
	 * The share of its usual calls that the endpoint should get. It grows for as long as
	 * a first opening lasts, or until half a window of calls succeeded.
	 */
	double usableShare(long now) {
		Phase phase = this.current;
		if (!phase.is(State.CLOSED) || !this.outage.warmingUp()) {
			return 1;
		}
		double warm = Math.max(0, now - phase.until()) / (double) this.rampUp;
		return Math.min(1, FIRST_SHARE + (1 - FIRST_SHARE) * warm);
	}

	/**
	 * Follows Resilience4j's breaker to its present state, whatever changed it.
	 * @param cause the failure just recorded, if any
	 * @return what listeners should hear, or {@code null} if that is nothing
	 */
	@Nullable FailoverEvent follow(@Nullable FailureKind cause) {
		State state = this.breaker.getState();
		return (state != this.current.state()) ? enter(state, cause) : null;
	}

	private @Nullable FailoverEvent enter(State state, @Nullable FailureKind cause) {
		long now = this.clock.getAsLong();
		boolean again = this.current.troubled();
		this.streak.end();
		if (state == State.OPEN) {
			return opened(remaining(this.outage.opened(now), now), cause, now);
		}
		if (state == State.HALF_OPEN) {
			this.current = halfOpen(now);
			return null;
		}
		this.current = this.current.next(state, now, 0);
		if (state == State.CLOSED) {
			this.outage.closed();
			return again ? new FailoverEvent.EndpointClosed(this.name) : null;
		}
		return null;
	}

	private Duration remaining(Duration length, long now) {
		Long from = this.waitFrom;
		this.waitFrom = null;
		if (from == null || !this.current.is(State.HALF_OPEN)) {
			return length;
		}
		return Duration.ofNanos(Math.max(0, from + Nanos.of(length) - now));
	}

	private FailoverEvent opened(Duration openFor, @Nullable FailureKind cause, long now) {
		this.streak.end();
		this.current = this.current.next(State.OPEN, now + Nanos.of(openFor), 0);
		return new FailoverEvent.EndpointOpened(this.name, cause, openFor);
	}

	int permittedProbes() {
		return this.breaker.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState();
	}

	private Phase halfOpen(long now) {
		return this.current.next(State.HALF_OPEN, now + this.probeLimit, permittedProbes());
	}

	void open() {
		transition(this.breaker::transitionToOpenState);
	}

	/** Begins to probe, or begins again when all earlier probes have been given up. */
	void halfOpen() {
		transition(this.breaker::transitionToHalfOpenState);
		if (this.current.is(State.HALF_OPEN)) {
			this.current = halfOpen(this.clock.getAsLong());
		}
		follow(null);
	}

	/** How long the endpoint would be left alone if a probe failed now. */
	Duration nextWait(long now) {
		return this.outage.nextLength(now);
	}

	/** A probe of our own started: the wait after it counts from a moment. */
	void nextWaitFrom(long moment) {
		this.waitFrom = moment;
	}

	void probeStarted(long now) {
		this.waitFrom = null;
		this.current = this.current.withPlaces(this.current.places() - 1, now + this.probeLimit);
	}

	void probeReleased() {
		if (this.current.is(State.HALF_OPEN)) {
			this.current = this.current.withPlaces(this.current.places() + 1, this.current.until());
		}
	}

	void succeeded() {
		this.outage.succeeded();
	}

	/** Drops the outcomes of calls under way and forgets earlier openings. */
	void restart() {
		this.outage.forget();
		this.streak.end();
		this.current = this.current.next(this.current.state(), this.current.until(), this.current.places());
	}

	/**
	 * Opens like another instance, or stays open as long as that one. An instance that is
	 * probing relies on its own probes.
	 * @param verdict the other instance's verdict
	 * @return what listeners should hear, or {@code null} if that is nothing
	 */
	@Nullable FailoverEvent followOpening(BreakerVerdict verdict) {
		FailoverEvent change = follow(null);
		long now = this.clock.getAsLong();
		long until = now + Nanos.of(verdict.remaining());
		if (this.current.is(State.OPEN) && until - this.current.until() > 0) {
			this.outage.followed(verdict.openings(), now);
			this.current = this.current.next(State.OPEN, until, 0);
		}
		else if (this.current.is(State.CLOSED)) {
			transition(() -> this.breaker.transitionToOpenStateFor(verdict.remaining()));
			if (this.breaker.getState() == State.OPEN) {
				this.outage.followed(verdict.openings(), now);
				change = opened(verdict.remaining(), null, now);
			}
			follow(null);
		}
		return change;
	}

	/**
	 * Closes because another instance did.
	 * @return what listeners should hear, or {@code null} if that is nothing
	 */
	@Nullable FailoverEvent followClosing() {
		FailoverEvent change = follow(null);
		if (!this.current.troubled()) {
			return change;
		}
		transition(this.breaker::transitionToClosedState);
		return follow(null);
	}

	/**
	 * Changes the state, unless other code has just changed it so that this change is not
	 * possible.
	 */
	private static void transition(Runnable change) {
		try {
			change.run();
		}
		catch (IllegalStateTransitionException ex) {
			// The other change wins, and is followed.
		}
	}

}
