// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.cluster.Decisions;
import io.github.fallbackai.cluster.Membership;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.state.OperatorDecision;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.timelimiter.TimeLimiter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A gate of several parts. An operator or a cool-down can keep it shut. Otherwise
 * breaker, cluster and places decide.
 */
final class CompositeGate implements EndpointGate, GatePermit.Outcomes, AutoCloseable {

	private static final Availability NO_PLACE = new Availability(SkipReason.CONCURRENCY_LIMIT, null, null);

	/** A call may try it in need. */
	private static final Availability AWAITING_PROBE = new Availability(SkipReason.AWAITING_PROBE, null, null, true);

	private static final Availability PROBED_ELSEWHERE = new Availability(SkipReason.PROBE_ELSEWHERE, null, null);

	/** Resilience4j itself still says that the breaker is open. */
	private static final String READY_TO_BE_PROBED = "READY_TO_BE_PROBED";

	private final String name;

	private final EndpointBreaker breaker;

	private final TimeLimiter timeLimiter;

	private final EndpointCoolDowns coolDowns;

	private final Places places;

	private final GateContext context;

	private final Membership membership;

	private final Decisions decisions;

	private final OperatorControl control;

	private final BackgroundProbing probing;

	private final Duration firstContentLimit;

	private final Rehearsal rehearsal;

	private volatile @Nullable FailureKind lastFailure;

	CompositeGate(Endpoint endpoint, CircuitBreaker breaker, TimeLimiter timeLimiter, EndpointCoolDowns coolDowns,
			GateContext context) {
		this.name = endpoint.name();
		this.timeLimiter = timeLimiter;
		this.coolDowns = coolDowns;
		this.places = new Places(endpoint.concurrency());
		this.context = context;
		this.breaker = new EndpointBreaker(endpoint, breaker, context.clock(), this::changed);
		this.rehearsal = new Rehearsal(context.clock());
		this.membership = context.cluster()
			.join(endpoint.id(),
					new RehearsingGate(
							new FollowingGate(this.name, this.breaker, coolDowns, context.listener(), this::followed),
							this.rehearsal::apart));
		this.decisions = this.membership.decisions();
		this.control = new DecisionControl(this.decisions, context.clock());
		this.probing = new BackgroundProbing(endpoint, this.breaker, coolDowns, this.membership, context);
		this.firstContentLimit = endpoint.limits().firstContent();
		coolDowns.onEndOfAccount(this.membership::accountReset);
	}

	OperatorControl control() {
		return this.control;
	}

	/** Keeps to itself what happens from now on; see {@link EndpointGates#rehearse}. */
	boolean rehearse(BooleanSupplier running) {
		boolean troubled = this.breaker.phase().troubled() || this.coolDowns.at(this.context.now()) != null;
		return this.rehearsal.begin(running, troubled);
	}

	/** A rehearsal ended. Unless it opened the breaker, its failures are forgotten. */
	void rehearsed() {
		CoolDownTimer.Period period = this.coolDowns.at(this.context.now());
		if (period != null) {
			this.rehearsal.cooled(period.until());
		}
		this.rehearsal.ended();
		if (!this.breaker.phase().troubled()) {
			this.breaker.forget();
		}
	}

	@Override
	public Availability check(Load load) {
		long now = this.context.now();
		OperatorDecision.Disabling disabling = this.decisions.disablingAt(now);
		if (disabling != null) {
			return new Availability(SkipReason.DISABLED, null, disabling.remaining());
		}
		CoolDownTimer.Period period = this.coolDowns.at(now);
		if (period != null) {
			return new Availability(SkipReason.COOLING_DOWN, period.cause(), period.remaining(now));
		}
		Phase phase = this.breaker.phase();
		Availability availability = phase.availability(now);
		if (!availability.available()) {
			return availability;
		}
		if (phase.troubled() && !this.membership.mayProbe(now)) {
			return PROBED_ELSEWHERE;
		}
		if (!this.places.free(load)) {
			return NO_PLACE;
		}
		if (phase.troubled() && this.probing.active()) {
			return AWAITING_PROBE;
		}
		CoolDownTimer.Period soft = this.coolDowns.softAt(now);
		return (soft != null) ? new Availability(SkipReason.COOLING_DOWN, soft.cause(), soft.remaining(now), true)
				: availability;
	}

	@Override
	public @Nullable Permit tryEnter(Load load) {
		return tryEnter(load, this.breaker::tryEnter);
	}

	@Override
	public @Nullable Permit tryProbe() {
		return tryEnter(Load.INTERACTIVE, (now) -> this.breaker.tryProbe(now, this.probing.lead()));
	}

	private @Nullable Permit tryEnter(Load load, LongFunction<@Nullable BreakerPermit> entrance) {
		long now = this.context.now();
		boolean shut = this.decisions.disablingAt(now) != null || this.coolDowns.at(now) != null
				|| (this.breaker.phase().troubled() && !this.membership.mayProbe(now));
		if (shut || !this.places.tryTake(load)) {
			return null;
		}
		BreakerPermit permit = entrance.apply(now);
		if (permit == null) {
			this.places.giveBack(load);
			return null;
		}
		return new GatePermit(this, permit, load, now);
	}

	@Override
	public void wanted() {
		if (this.breaker.phase().troubled()) {
			long now = this.context.now();
			this.membership.wanted(now);
			this.probing.wanted(now);
		}
	}

	@Override
	public void probedBy(Runnable prober) {
		this.probing.probedBy(prober);
	}

	/**
	 * Shortly before the next probe would be due. An endpoint that may be slower than
	 * most gets its whole limit.
	 */
	@Override
	public Duration probeLimit() {
		if (this.firstContentLimit.compareTo(AttemptLimits.DEFAULTS.firstContent()) > 0) {
			return this.firstContentLimit;
		}
		Duration most = this.breaker.nextWait(this.context.now()).multipliedBy(9).dividedBy(10);
		return (most.compareTo(this.firstContentLimit) < 0) ? most : this.firstContentLimit;
	}

	@Override
	public Mono<Void> probeDecision() {
		return Mono.defer(this.membership::probeDecision);
	}

	@Override
	public int preference() {
		return this.decisions.preference();
	}

	@Override
	public double usableShare() {
		return this.breaker.usableShare(this.context.now());
	}

	@Override
	public String circuitBreaker() {
		State state = this.breaker.state();
		boolean due = state == State.OPEN && this.breaker.phase().reached(this.context.now());
		return due ? READY_TO_BE_PROBED : state.name();
	}

	@Override
	public boolean needsProbe() {
		return this.breaker.phase().troubled();
	}

	@Override
	public Duration totalLimit() {
		return this.timeLimiter.getTimeLimiterConfig().getTimeoutDuration();
	}

	@Override
	public @Nullable FailureKind lastFailure() {
		return this.lastFailure;
	}

	@Override
	public void firstContent(BreakerPermit permit, long nanos) {
		this.breaker.firstContent(permit, nanos);
	}

	@Override
	public void exhausted(Duration renewedIn) {
		this.coolDowns.exhausted(renewedIn, this.context.now());
	}

	@Override
	public void left(Load load) {
		this.places.giveBack(load);
		if (this.breaker.phase().troubled()) {
			this.probing.update();
		}
	}

	@Override
	public void succeeded(BreakerPermit permit, long startedAt, long nanos) {
		this.places.answered(nanos, this.context.now());
		this.coolDowns.succeeded(startedAt);
		this.breaker.succeeded(permit, nanos);
		this.timeLimiter.onSuccess();
	}

	@Override
	public void failed(BreakerPermit permit, long startedAt, long nanos, Failure failure) {
		this.lastFailure = failure.kind();
		long now = this.context.now();
		if (overload(failure)) {
			this.places.overloaded(now);
		}
		// Before the breaker, so that the place of a probe does not become free for a
		// moment between the two.
		boolean cooled = this.coolDowns.failed(failure, startedAt, now);
		RecordedFailureException recorded = new RecordedFailureException(failure);
		if (failure.countsAgainstBreaker()) {
			this.breaker.failed(permit, nanos, failure.kind(), recorded);
		}
		else {
			this.breaker.released(permit);
		}
		if (permit.background() && !failure.countsAgainstBreaker() && this.coolDowns.at(now) == null) {
			this.probing.refused();
		}
		this.timeLimiter.onError(
				(failure.kind() == FailureKind.TIMED_OUT) ? new TimeoutException(recorded.getMessage()) : recorded);
		CoolDownTimer.Period period = cooled ? this.coolDowns.at(now) : null;
		if (period != null) {
			this.context.listener()
				.onEvent(new FailoverEvent.EndpointCooled(this.name, period.cause(), period.remaining(now)));
			if (!this.rehearsal.cooled(period.until())) {
				this.membership.cooledDown();
			}
		}
	}

	/**
	 * Whether a failure says that the endpoint has too much to do, also if it works. A
	 * limit of one caller's account does not say that, and neither does a call that had
	 * too little time.
	 */
	private static boolean overload(Failure failure) {
		return switch (failure.kind()) {
			case RATE_LIMITED -> failure.account() == null;
			case OVERLOADED, TIMED_OUT -> failure.countsAgainstBreaker();
			default -> false;
		};
	}

	@Override
	public void released(BreakerPermit permit) {
		this.breaker.released(permit);
	}

	@Override
	public long elapsedSince(long startedAt) {
		return this.context.now() - startedAt;
	}

	private void changed(FailoverEvent event, boolean judged) {
		this.context.listener().onEvent(event);
		if (event instanceof FailoverEvent.EndpointOpened) {
			if (!this.rehearsal.opened()) {
				this.membership.opened();
			}
		}
		else {
			this.rehearsal.closed();
			this.membership.closed(judged);
		}
		followed();
	}

	private void followed() {
		if (this.breaker.phase().troubled()) {
			this.probing.update();
		}
		else {
			this.rehearsal.closed();
			this.probing.closed();
		}
	}

	@Override
	public void close() {
		this.probing.close();
	}

}
