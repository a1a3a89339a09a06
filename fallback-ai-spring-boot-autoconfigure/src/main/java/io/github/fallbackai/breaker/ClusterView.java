package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Rest;
import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;

/**
 * What all instances know about an endpoint, in this instance's time.
 *
 * @param version the version
 * @param open whether the breaker is open for everybody
 * @param openings how many times in a row it opened
 * @param openUntil when it may be probed, in nanoseconds
 * @param restCause what the endpoint rests from, {@code null} if it does not
 * @param restUntil when the rest ends, in nanoseconds
 * @param origin the instance that published it, {@code null} if that is not known
 */
record ClusterView(Version version, boolean open, int openings, long openUntil, @Nullable FailureKind restCause,
		long restUntil, @Nullable String origin) {

	/** A later end is worth telling the others if it is later by more than that. */
	private static final long NEWSWORTHY_NANOS = Duration.ofSeconds(1).toNanos();

	/** Nothing is known, and the next version starts a line of its own. */
	static ClusterView first(long epoch, long now) {
		return new ClusterView(new Version(epoch, 0), false, 0, now, null, now, null);
	}

	static ClusterView of(EndpointState state, long now) {
		Rest rest = state.rest();
		return new ClusterView(state.version(), state.breaker().open(), state.breaker().openings(),
				now + Nanos.of(state.breaker().remaining()), (rest != null) ? rest.cause() : null,
				(rest != null) ? now + Nanos.of(rest.remaining()) : now, state.origin());
	}

	EndpointState at(EndpointId id, long now) {
		return new EndpointState(id, this.version, verdict(now), rest(now), this.origin);
	}

	BreakerVerdict verdict(long now) {
		return new BreakerVerdict(this.open, this.openings, this.open ? remaining(this.openUntil, now) : Duration.ZERO);
	}

	@Nullable Rest rest(long now) {
		Duration remaining = remaining(this.restUntil, now);
		return (this.restCause == null || remaining.isZero()) ? null : new Rest(this.restCause, remaining);
	}

	private static Duration remaining(long until, long now) {
		return Duration.ofNanos(Math.max(0, until - now));
	}

	ClusterView next(@Nullable String origin) {
		return new ClusterView(this.version.next(), this.open, this.openings, this.openUntil, this.restCause,
				this.restUntil, origin);
	}

	ClusterView withVerdict(BreakerVerdict verdict, long now) {
		if (!this.open && !verdict.open() && this.openings == verdict.openings()) {
			return this;
		}
		return new ClusterView(this.version, verdict.open(), verdict.openings(), now + Nanos.of(verdict.remaining()),
				this.restCause, this.restUntil, this.origin);
	}

	ClusterView withoutRest(long now) {
		if (this.restCause == null) {
			return this;
		}
		return new ClusterView(this.version, this.open, this.openings, this.openUntil, null, now, this.origin);
	}

	/** Rests at least until the given rest ends. */
	ClusterView withRest(CoolDown.@Nullable Period period, long now) {
		if (period == null || (rest(now) != null && period.until() - this.restUntil <= NEWSWORTHY_NANOS)) {
			return this;
		}
		return new ClusterView(this.version, this.open, this.openings, this.openUntil, period.cause(), period.until(),
				this.origin);
	}

	/**
	 * Whether somebody ended the rest by hand before a later state: a rest is only ever
	 * drawn out otherwise.
	 */
	boolean restEndedBefore(ClusterView later) {
		return this.restCause != null && this.version.epoch() == later.version.epoch()
				&& this.restUntil - later.restUntil > NEWSWORTHY_NANOS;
	}

	/** Whether a state tells of a rest that is no more than the one known here. */
	boolean knowsRestOf(ClusterView later) {
		return later.restUntil - this.restUntil <= NEWSWORTHY_NANOS;
	}

	/** Whether another state says the same, apart from the time that passed. */
	boolean saysTheSame(EndpointState state, long now) {
		Rest mine = rest(now);
		Rest theirs = state.rest();
		boolean alike = (mine == null || theirs == null) ? mine == null && theirs == null
				: mine.cause() == theirs.cause();
		return alike && this.version.equals(state.version()) && this.open == state.breaker().open()
				&& this.openings == state.breaker().openings();
	}

}
