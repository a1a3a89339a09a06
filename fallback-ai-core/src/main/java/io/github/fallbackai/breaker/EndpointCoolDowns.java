// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.CoolDownScope;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.CoolDown;
import org.jspecify.annotations.Nullable;

/**
 * The cool-downs of an endpoint: its own, its account's, and a soft one that only puts it
 * behind other endpoints. Safe for use by several threads.
 */
final class EndpointCoolDowns {

	private final CoolDownTimer own;

	private final CoolDownTimer account;

	private final CoolDownTimer soft;

	/** The account's cool-down as it was when this endpoint last changed it. */
	private volatile CoolDownTimer.@Nullable Period reported;

	/**
	 * The cool-downs of one endpoint.
	 * @param own the endpoint's
	 * @param account the one it shares with all endpoints of its account; its own if it
	 * has no account
	 * @param soft the one during which it is tried after all others
	 */
	EndpointCoolDowns(CoolDownTimer own, CoolDownTimer account, CoolDownTimer soft) {
		this.soft = soft;
		this.own = own;
		this.account = account;
	}

	/**
	 * The cool-down under way, the longer one if both cool down.
	 * @return the period, or {@code null} if there is no cool-down now
	 */
	CoolDownTimer.@Nullable Period at(long now) {
		return longer(this.own.at(now), this.account.at(now));
	}

	/**
	 * The cool-down under way that belongs in this endpoint's state. If another endpoint
	 * caused the account's cool-down, it belongs in the state of that endpoint.
	 * @return the period, or {@code null} if there is none
	 */
	CoolDownTimer.@Nullable Period tellable(long now) {
		CoolDownTimer.Period shared = this.account.at(now);
		return longer(this.own.at(now), (shared != null && shared.equals(this.reported)) ? shared : null);
	}

	private static CoolDownTimer.@Nullable Period longer(CoolDownTimer.@Nullable Period mine,
			CoolDownTimer.@Nullable Period shared) {
		if (mine == null || shared == null) {
			return (mine != null) ? mine : shared;
		}
		return (shared.until() - mine.until() > 0) ? shared : mine;
	}

	/** The soft cool-down under way, or {@code null} if there is none. */
	CoolDownTimer.@Nullable Period softAt(long now) {
		return this.soft.at(now);
	}

	/** Cools down softly until the provider takes requests again. */
	void exhausted(Duration renewedIn, long now) {
		this.soft.asked(FailureKind.RATE_LIMITED, renewedIn, now);
	}

	/** Cools down as a failure requires; see {@link CoolDownTimer#failed}. */
	boolean failed(Failure failure, long startedAt, long now) {
		if (onlyOneCaller(failure)) {
			return false;
		}
		CoolDownTimer scope = scopeOf(failure.kind());
		boolean news = scope.failed(failure, startedAt, now);
		report(scope, now);
		return news;
	}

	/**
	 * Takes over a cool-down that another instance began; see
	 * {@link CoolDownTimer#coolFor}.
	 */
	boolean follow(CoolDown coolDown, long now) {
		CoolDownTimer scope = scopeOf(coolDown.cause());
		boolean news = scope.coolFor(coolDown.cause(), Nanos.of(coolDown.remaining()), now);
		report(scope, now);
		return news;
	}

	private void report(CoolDownTimer scope, long now) {
		if (scope == this.account) {
			this.reported = scope.at(now);
		}
	}

	/**
	 * Whether a cool-down that began earlier is still under way, so that no operator
	 * ended it.
	 */
	boolean lasts(FailureKind cause, long until, long now) {
		return scopeOf(cause).lasts(until, now);
	}

	/**
	 * Ends a cool-down that an operator ended at another instance, but none that began
	 * later.
	 */
	void endBy(FailureKind cause, long until) {
		CoolDownTimer scope = scopeOf(cause);
		if (scope.endBy(until)) {
			scope.tellEnd();
		}
	}

	/** A call succeeded; see {@link CoolDownTimer#succeeded}. */
	void succeeded(long startedAt) {
		this.own.succeeded(startedAt);
	}

	/** Ends all cool-downs. */
	void end() {
		this.soft.end();
		this.own.end();
		this.account.end();
	}

	/** What to do when an operator ends the account's cool-down at any endpoint. */
	void onEndOfAccount(Runnable action) {
		this.account.concerns(action);
	}

	/** Tells all endpoints of the account that an operator ended its cool-down. */
	void tellEnd() {
		this.account.tellEnd();
	}

	/**
	 * A limit of one caller's account says nothing about the endpoint, which serves other
	 * callers. The endpoint's client begins a cool-down of that account.
	 */
	private static boolean onlyOneCaller(Failure failure) {
		return failure.account() != null && switch (failure.kind()) {
			case AUTHENTICATION, PERMISSION_DENIED, QUOTA_EXHAUSTED, RATE_LIMITED -> true;
			default -> false;
		};
	}

	private CoolDownTimer scopeOf(FailureKind kind) {
		return (kind.coolDownScope() == CoolDownScope.ACCOUNT) ? this.account : this.own;
	}

}
