// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import io.github.fallbackai.policy.CoolDownSettings;
import org.jspecify.annotations.Nullable;

/**
 * The cool-downs of callers' accounts at endpoints, so that their requests fail over
 * without a round trip. Holds the latest 1,000. If a cool-down was removed to make room,
 * its account needs one round trip more. Safe for use by several threads.
 */
final class AccountCoolDowns {

	private static final int MOST = 1000;

	private final CoolDownSettings settings;

	private final LongSupplier nanoClock;

	private final Map<Place, CoolDown> coolDowns = new LinkedHashMap<>();

	AccountCoolDowns(CoolDownSettings settings, LongSupplier nanoClock) {
		this.settings = settings;
		this.nanoClock = nanoClock;
	}

	/**
	 * Why a request is not sent at all.
	 * @param endpoint the endpoint about to be asked
	 * @param credentials the credentials of the request
	 * @return the failure to expect, or {@code null} if the account does not cool down
	 * there
	 */
	@Nullable Failure at(Endpoint endpoint, Credentials credentials) {
		CoolDown coolDown;
		synchronized (this.coolDowns) {
			coolDown = this.coolDowns.get(new Place(endpoint.id(), credentials.account()));
		}
		// Another key is another chance.
		if (coolDown == null || !coolDown.key().equals(credentials.key())) {
			return null;
		}
		long remaining = coolDown.until() - this.nanoClock.getAsLong();
		return (remaining <= 0) ? null
				: Failure.of(coolDown.cause())
					.replaySafety(ReplaySafety.NOT_PROCESSED)
					.retryAfter(Duration.ofNanos(remaining))
					.account(credentials.account())
					.build();
	}

	/** Notes a failure of an account that is not the endpoint's own. */
	void failed(Endpoint endpoint, Credentials credentials, Failure failure) {
		if (!concernsAccount(failure.kind())) {
			return;
		}
		long until = this.nanoClock.getAsLong() + Nanos.of(this.settings.after(failure, 1));
		Place place = new Place(endpoint.id(), credentials.account());
		synchronized (this.coolDowns) {
			this.coolDowns.remove(place);
			if (this.coolDowns.size() == MOST) {
				this.coolDowns.remove(this.coolDowns.keySet().iterator().next());
			}
			this.coolDowns.put(place, new CoolDown(failure.kind(), credentials.key(), until));
		}
	}

	/** Whether another account may have more success. */
	static boolean concernsAccount(FailureKind kind) {
		return switch (kind) {
			case AUTHENTICATION, PERMISSION_DENIED, QUOTA_EXHAUSTED, RATE_LIMITED -> true;
			default -> false;
		};
	}

	private record Place(EndpointId endpoint, String account) {

	}

	private record CoolDown(FailureKind cause, ApiKey key, long until) {

	}

}
