// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import io.github.fallbackai.cluster.DecisionNews;
import io.github.fallbackai.cluster.LocalGate;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.jspecify.annotations.Nullable;

/**
 * The side of a gate that follows other instances. It does the same here, and listeners
 * hear where it happened first.
 */
final class FollowingGate implements LocalGate {

	private final String name;

	private final EndpointBreaker breaker;

	private final EndpointCoolDowns coolDowns;

	private final CallListener listener;

	private final Runnable followed;

	/**
	 * Creates the side of a gate.
	 * @param followed happens after the breaker may have followed another instance
	 */
	FollowingGate(String name, EndpointBreaker breaker, EndpointCoolDowns coolDowns, CallListener listener,
			Runnable followed) {
		this.name = name;
		this.breaker = breaker;
		this.coolDowns = coolDowns;
		this.listener = listener;
		this.followed = followed;
	}

	@Override
	public boolean open() {
		return this.breaker.phase().is(State.OPEN);
	}

	@Override
	public boolean probing() {
		return this.breaker.probing();
	}

	@Override
	public @Nullable BreakerVerdict verdict(long now) {
		return this.breaker.verdict(now);
	}

	@Override
	public void followOpening(BreakerVerdict verdict, @Nullable String origin) {
		tell(this.breaker.followOpening(verdict), origin);
		this.followed.run();
	}

	@Override
	public void followClosing(@Nullable String origin) {
		tell(this.breaker.followClosing(), origin);
		this.followed.run();
	}

	private void tell(@Nullable FailoverEvent change, @Nullable String origin) {
		if (change instanceof FailoverEvent.EndpointOpened opened) {
			this.listener
				.onEvent(new FailoverEvent.EndpointOpened(this.name, opened.cause(), opened.openFor(), origin));
		}
		else if (change instanceof FailoverEvent.EndpointClosed) {
			this.listener.onEvent(new FailoverEvent.EndpointClosed(this.name, origin));
		}
	}

	@Override
	public @Nullable CoolDown coolDown(long now) {
		CoolDownTimer.Period period = this.coolDowns.tellable(now);
		return (period != null) ? new CoolDown(period.cause(), period.remaining(now)) : null;
	}

	@Override
	public boolean coolsDown(FailureKind cause, long until, long now) {
		return this.coolDowns.lasts(cause, until, now);
	}

	@Override
	public void followCoolDown(CoolDown coolDown, long now, @Nullable String origin) {
		if (this.coolDowns.follow(coolDown, now)) {
			this.listener
				.onEvent(new FailoverEvent.EndpointCooled(this.name, coolDown.cause(), coolDown.remaining(), origin));
		}
	}

	@Override
	public void endCoolDown(FailureKind cause, long until) {
		this.coolDowns.endBy(cause, until);
	}

	@Override
	public void reset() {
		this.coolDowns.end();
		FailoverEvent change = this.breaker.close();
		if (change != null) {
			this.listener.onEvent(change);
		}
		this.followed.run();
	}

	@Override
	public void tellAccountReset() {
		this.coolDowns.tellEnd();
	}

	@Override
	public void decidedElsewhere(DecisionNews news) {
		this.listener.onEvent(new FailoverEvent.EndpointControlled(this.name, action(news.kind()), news.length(),
				news.reason(), news.origin()));
	}

	private static ControlAction action(DecisionNews.Kind kind) {
		return switch (kind) {
			case DISABLED -> ControlAction.DISABLE;
			case ENABLED -> ControlAction.ENABLE;
			case PREFERRED -> ControlAction.PREFER;
			case RESET -> ControlAction.RESET;
		};
	}

}
