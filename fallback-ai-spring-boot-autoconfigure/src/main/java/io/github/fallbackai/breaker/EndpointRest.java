package io.github.fallbackai.breaker;

import java.time.Duration;

import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.CoolDownScope;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.Rest;
import org.jspecify.annotations.Nullable;

/**
 * The cool-downs that an endpoint obeys: its own and its account's, and a soft one that
 * only puts it behind others. Safe for use by several threads.
 */
final class EndpointRest {

	private final CoolDown own;

	private final CoolDown account;

	private final CoolDown soft;

	/** The account's rest as it was when this endpoint last brought news of it. */
	private volatile CoolDown.@Nullable Period reported;

	/**
	 * The cool-downs of one endpoint.
	 * @param own the endpoint's
	 * @param account the one it shares with all endpoints of its account; its own if it
	 * has no account
	 * @param soft the one during which it is tried after all others
	 */
	EndpointRest(CoolDown own, CoolDown account, CoolDown soft) {
		this.soft = soft;
		this.own = own;
		this.account = account;
	}

	/**
	 * The rest under way, the longer one if both rest.
	 * @return the period, or {@code null} if there is no rest now
	 */
	CoolDown.@Nullable Period at(long now) {
		return longer(this.own.at(now), this.account.at(now));
	}

	/**
	 * The rest under way that belongs into this endpoint's state: not what the account
	 * rests from because of another endpoint, which is in the state of that one.
	 * @return the period, or {@code null} if there is none
	 */
	CoolDown.@Nullable Period tellable(long now) {
		CoolDown.Period shared = this.account.at(now);
		return longer(this.own.at(now), (shared != null && shared.equals(this.reported)) ? shared : null);
	}

	private static CoolDown.@Nullable Period longer(CoolDown.@Nullable Period mine, CoolDown.@Nullable Period shared) {
		if (mine == null || shared == null) {
			return (mine != null) ? mine : shared;
		}
		return (shared.until() - mine.until() > 0) ? shared : mine;
	}

	/** The soft rest under way, or {@code null} if there is none. */
	CoolDown.@Nullable Period softAt(long now) {
		return this.soft.at(now);
	}

	/** Rests softly until the provider takes requests again. */
	void exhausted(Duration renewedIn, long now) {
		this.soft.asked(FailureKind.RATE_LIMITED, renewedIn, now);
	}

	/** Rests as a failure demands; see {@link CoolDown#failed}. */
	boolean failed(Failure failure, long startedAt, long now) {
		if (onlyOneCaller(failure)) {
			return false;
		}
		CoolDown scope = scopeOf(failure.kind());
		boolean news = scope.failed(failure, startedAt, now);
		report(scope, now);
		return news;
	}

	/** Takes over a rest that another instance began; see {@link CoolDown#rest}. */
	boolean follow(Rest rest, long now) {
		CoolDown scope = scopeOf(rest.cause());
		boolean news = scope.rest(rest.cause(), Nanos.of(rest.remaining()), now);
		report(scope, now);
		return news;
	}

	private void report(CoolDown scope, long now) {
		if (scope == this.account) {
			this.reported = scope.at(now);
		}
	}

	/** Whether a rest that began earlier is still under way: nobody ended it by hand. */
	boolean lasts(FailureKind cause, long until, long now) {
		return scopeOf(cause).lasts(until, now);
	}

	/** Ends a rest that was ended by hand elsewhere, but none that began later. */
	void endBy(FailureKind cause, long until) {
		CoolDown scope = scopeOf(cause);
		if (scope.endBy(until)) {
			scope.tellEnd();
		}
	}

	/** A call succeeded; see {@link CoolDown#succeeded}. */
	void succeeded(long startedAt) {
		this.own.succeeded(startedAt);
	}

	/** Ends all rests. */
	void end() {
		this.soft.end();
		this.own.end();
		this.account.end();
	}

	/** What to do when somebody ends the account's rest by hand at any endpoint. */
	void onEndOfAccount(Runnable action) {
		this.account.concerns(action);
	}

	/** Tells all endpoints of the account that somebody ended its rest by hand. */
	void tellEnd() {
		this.account.tellEnd();
	}

	/**
	 * What a certain caller's account may not do says nothing about the endpoint, which
	 * serves others; the endpoint's client has that account rest.
	 */
	private static boolean onlyOneCaller(Failure failure) {
		return failure.account() != null && switch (failure.kind()) {
			case AUTHENTICATION, PERMISSION_DENIED, QUOTA_EXHAUSTED, RATE_LIMITED -> true;
			default -> false;
		};
	}

	private CoolDown scopeOf(FailureKind kind) {
		return (kind.coolDownScope() == CoolDownScope.ACCOUNT) ? this.account : this.own;
	}

}
