package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.timelimiter.TimeLimiter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The gate of one endpoint: an operator or a cool-down keeps it shut, then the breaker
 * decides.
 */
final class GuardedEndpoint implements EndpointGate, EndpointControl.Resetting {

	private static final Availability NO_PLACE = new Availability(SkipReason.CONCURRENCY_LIMIT, null, null);

	private static final Availability PROBED_ELSEWHERE = new Availability(SkipReason.PROBE_ELSEWHERE, null, null);

	private final String name;

	private final EndpointBreaker breaker;

	private final TimeLimiter timeLimiter;

	private final EndpointCoolDowns coolDowns;

	private final Places places;

	private final GateContext context;

	private final SharedEndpoint shared;

	private final EndpointControl control;

	private volatile @Nullable FailureKind lastFailure;

	GuardedEndpoint(Endpoint endpoint, CircuitBreaker breaker, TimeLimiter timeLimiter, EndpointCoolDowns coolDowns,
			GateContext context) {
		this.name = endpoint.name();
		this.timeLimiter = timeLimiter;
		this.coolDowns = coolDowns;
		this.places = new Places(endpoint.concurrency());
		this.context = context;
		this.breaker = new EndpointBreaker(endpoint, breaker, context.clock(), this::changed);
		this.shared = new SharedEndpoint(endpoint.id(), this.breaker, coolDowns, context);
		this.control = new EndpointControl(endpoint.id(), context, this);
		coolDowns.onEndOfAccount(this.shared::accountReset);
	}

	SharedEndpoint shared() {
		return this.shared;
	}

	EndpointControl control() {
		return this.control;
	}

	@Override
	public Availability check(Load load) {
		long now = this.context.now();
		Availability disabled = this.control.availability(now);
		if (disabled != null) {
			return disabled;
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
		if (phase.troubled() && !this.shared.probeRight().permits(now)) {
			return PROBED_ELSEWHERE;
		}
		if (!this.places.free(load)) {
			return NO_PLACE;
		}
		CoolDownTimer.Period soft = this.coolDowns.softAt(now);
		return (soft != null) ? new Availability(SkipReason.COOLING_DOWN, soft.cause(), soft.remaining(now), true)
				: availability;
	}

	@Override
	public @Nullable Permit tryEnter(Load load) {
		long now = this.context.now();
		boolean shut = this.control.availability(now) != null || this.coolDowns.at(now) != null
				|| (this.breaker.phase().troubled() && !this.shared.probeRight().permits(now));
		if (shut || !this.places.tryTake(load)) {
			return null;
		}
		Ticket ticket = this.breaker.tryEnter(now);
		if (ticket == null) {
			this.places.giveBack(load);
			return null;
		}
		return new GatePermit(this, ticket, load, now);
	}

	@Override
	public void wanted() {
		if (this.breaker.phase().troubled()) {
			this.shared.probeRight().wanted(this.context.now());
		}
	}

	@Override
	public Mono<Void> probeDecision() {
		return Mono.defer(this.shared.probeRight()::decision);
	}

	@Override
	public int preference() {
		return this.control.preference();
	}

	@Override
	public double usableShare() {
		return this.breaker.usableShare(this.context.now());
	}

	@Override
	public String circuitBreaker() {
		return this.breaker.state().name();
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

	void firstContent(Ticket ticket, long nanos) {
		this.breaker.firstContent(ticket, nanos);
	}

	void exhausted(Duration renewedIn) {
		this.coolDowns.exhausted(renewedIn, this.context.now());
	}

	void left(Load load) {
		this.places.giveBack(load);
	}

	void succeeded(Ticket ticket, long startedAt, long nanos) {
		this.places.answered(nanos, this.context.now());
		this.coolDowns.succeeded(startedAt);
		this.breaker.succeeded(ticket, nanos);
		this.timeLimiter.onSuccess();
	}

	void failed(Ticket ticket, long startedAt, long nanos, Failure failure) {
		this.lastFailure = failure.kind();
		long now = this.context.now();
		if (overload(failure)) {
			this.places.overloaded(now);
		}
		// Before the breaker: the place of a probe must not become free for a moment
		// between the two.
		boolean cooled = this.coolDowns.failed(failure, startedAt, now);
		RecordedFailureException recorded = new RecordedFailureException(failure);
		if (failure.countsAgainstBreaker()) {
			this.breaker.failed(ticket, nanos, failure.kind(), recorded);
		}
		else {
			this.breaker.released(ticket);
		}
		this.timeLimiter.onError(
				(failure.kind() == FailureKind.TIMED_OUT) ? new TimeoutException(recorded.getMessage()) : recorded);
		CoolDownTimer.Period period = cooled ? this.coolDowns.at(now) : null;
		if (period != null) {
			changed(new FailoverEvent.EndpointCooled(this.name, period.cause(), period.remaining(now)), true);
		}
	}

	/**
	 * Whether a failure says that the endpoint has too much to do, whether or not it is
	 * ill. What one caller's account may not do, or a call had no time for, does not.
	 */
	private static boolean overload(Failure failure) {
		return switch (failure.kind()) {
			case RATE_LIMITED -> failure.account() == null;
			case OVERLOADED, TIMED_OUT -> failure.countsAgainstBreaker();
			default -> false;
		};
	}

	void released(Ticket ticket) {
		this.breaker.released(ticket);
	}

	long elapsedSince(long startedAt) {
		return this.context.now() - startedAt;
	}

	@Override
	public void resetHere() {
		close();
		this.shared.resetElsewhere();
		this.coolDowns.tellEnd();
	}

	@Override
	public void resetEverywhere() {
		close();
		this.shared.reset();
		this.coolDowns.tellEnd();
	}

	private void close() {
		this.coolDowns.end();
		FailoverEvent change = this.breaker.close();
		if (change != null) {
			this.context.listener().onEvent(change);
		}
	}

	private void changed(FailoverEvent event, boolean judged) {
		this.context.listener().onEvent(event);
		this.shared.changed(event, judged);
	}

}
