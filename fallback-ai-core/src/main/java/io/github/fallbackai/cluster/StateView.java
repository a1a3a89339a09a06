// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;

/**
 * What all instances know about an endpoint, in this instance's time.
 *
 * @param version the version
 * @param open whether the breaker is open for all instances
 * @param openings how many times in a row it opened
 * @param openUntil when it may be probed, in nanoseconds
 * @param coolDownCause what the endpoint cools down from, {@code null} if it does not
 * @param coolDownUntil when the cool-down ends, in nanoseconds
 * @param origin the instance that published it, {@code null} if that is not known
 */
record StateView(Version version, boolean open, int openings, long openUntil, @Nullable FailureKind coolDownCause,
		long coolDownUntil, @Nullable String origin) {

	/** A later end is told to the others if it is later by more than this. */
	private static final long NEWSWORTHY_NANOS = Duration.ofSeconds(1).toNanos();

	/** Nothing is known, and the next version starts a new line. */
	static StateView first(long epoch, long now) {
		return new StateView(new Version(epoch, 0), false, 0, now, null, now, null);
	}

	static StateView of(EndpointState state, long now) {
		CoolDown coolDown = state.coolDown();
		return new StateView(state.version(), state.breaker().open(), state.breaker().openings(),
				now + Nanos.of(state.breaker().remaining()), (coolDown != null) ? coolDown.cause() : null,
				(coolDown != null) ? now + Nanos.of(coolDown.remaining()) : now, state.origin());
	}

	EndpointState at(EndpointId id, long now) {
		return new EndpointState(id, this.version, verdict(now), coolDown(now), this.origin);
	}

	BreakerVerdict verdict(long now) {
		return new BreakerVerdict(this.open, this.openings, this.open ? remaining(this.openUntil, now) : Duration.ZERO);
	}

	@Nullable CoolDown coolDown(long now) {
		Duration remaining = remaining(this.coolDownUntil, now);
		return (this.coolDownCause == null || remaining.isZero()) ? null : new CoolDown(this.coolDownCause, remaining);
	}

	private static Duration remaining(long until, long now) {
		return Duration.ofNanos(Math.max(0, until - now));
	}

	/**
	 * The same state, told again. A later end than before comes from a clock that was set
	 * back, so the earlier one holds.
	 */
	StateView noLaterThan(StateView before, long now) {
		FailureKind cause = (before.coolDown(now) != null) ? this.coolDownCause : null;
		return new StateView(this.version, this.open, this.openings, earlier(this.openUntil, before.openUntil), cause,
				(cause != null) ? earlier(this.coolDownUntil, before.coolDownUntil) : now, this.origin);
	}

	private static long earlier(long one, long other) {
		return (one - other < 0) ? one : other;
	}

	StateView next(@Nullable String origin) {
		return new StateView(this.version.next(), this.open, this.openings, this.openUntil, this.coolDownCause,
				this.coolDownUntil, origin);
	}

	StateView withVerdict(BreakerVerdict verdict, long now) {
		if (!this.open && !verdict.open() && this.openings == verdict.openings()) {
			return this;
		}
		return new StateView(this.version, verdict.open(), verdict.openings(), now + Nanos.of(verdict.remaining()),
				this.coolDownCause, this.coolDownUntil, this.origin);
	}

	StateView withoutCoolDown(long now) {
		if (this.coolDownCause == null) {
			return this;
		}
		return new StateView(this.version, this.open, this.openings, this.openUntil, null, now, this.origin);
	}

	/** Cools down at least until the given cool-down ends. */
	StateView withCoolDown(@Nullable CoolDown theirs, long now) {
		if (theirs == null) {
			return this;
		}
		long until = now + Nanos.of(theirs.remaining());
		if (coolDown(now) != null && until - this.coolDownUntil <= NEWSWORTHY_NANOS) {
			return this;
		}
		return new StateView(this.version, this.open, this.openings, this.openUntil, theirs.cause(), until,
				this.origin);
	}

	/**
	 * Whether an operator ended the cool-down before a later state. Otherwise a cool-down
	 * can only become longer.
	 */
	boolean coolDownEndedBefore(StateView later) {
		return this.coolDownCause != null && this.version.epoch() == later.version.epoch()
				&& this.coolDownUntil - later.coolDownUntil > NEWSWORTHY_NANOS;
	}

	/** Whether the cool-down of a state is not longer than the one known here. */
	boolean knowsCoolDownOf(StateView later) {
		return later.coolDownUntil - this.coolDownUntil <= NEWSWORTHY_NANOS;
	}

	/** Whether another state says the same, apart from the time that passed. */
	boolean saysTheSame(EndpointState state, long now) {
		CoolDown mine = coolDown(now);
		CoolDown theirs = state.coolDown();
		boolean alike = (mine == null || theirs == null) ? mine == null && theirs == null
				: mine.cause() == theirs.cause();
		return alike && this.version.equals(state.version()) && this.open == state.breaker().open()
				&& this.openings == state.breaker().openings();
	}

}
