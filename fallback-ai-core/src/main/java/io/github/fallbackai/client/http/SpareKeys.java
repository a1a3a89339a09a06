// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CoolDownSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Chooses among the keys of endpoints that have several. A key that the provider refuses
 * or limits rests as long as the endpoint would cool down otherwise, and the next key
 * takes its place. Known to this instance only. Safe for use by several threads.
 */
final class SpareKeys {

	private static final Logger logger = LoggerFactory.getLogger(SpareKeys.class);

	private final CoolDownSettings settings;

	private final LongSupplier nanoClock;

	private final Map<Place, Rest> rests = new ConcurrentHashMap<>();

	SpareKeys(CoolDownSettings settings, LongSupplier nanoClock) {
		this.settings = settings;
		this.nanoClock = nanoClock;
	}

	/**
	 * The first key that does not rest, or else the one that rests no longer first.
	 * @param endpoint the endpoint about to be asked
	 * @param first credentials with the endpoint's own key
	 */
	Credentials choose(Endpoint endpoint, Credentials first) {
		if (endpoint.spareApiKeys().isEmpty() || !first.ownAccount()) {
			return first;
		}
		return Credentials.of(soonest(endpoint, first));
	}

	private ApiKey soonest(Endpoint endpoint, Credentials first) {
		return keys(endpoint, first).stream()
			.min(Comparator.comparingLong((key) -> remaining(endpoint, key)))
			.orElse(first.key());
	}

	/**
	 * Lets a key rest.
	 * @param endpoint the endpoint that refused or limited it
	 * @param first credentials with the endpoint's own key
	 * @param used the key that was sent
	 * @param failure why it rests
	 * @return whether another key can be used now
	 */
	boolean rest(Endpoint endpoint, Credentials first, ApiKey used, Failure failure) {
		if (endpoint.spareApiKeys().isEmpty() || !AccountCoolDowns.concernsAccount(failure.kind())) {
			return false;
		}
		Duration length = this.settings.after(failure, 1);
		boolean news = remaining(endpoint, used) == 0;
		this.rests.put(new Place(endpoint.id(), used),
				new Rest(failure.kind(), this.nanoClock.getAsLong() + Nanos.of(length)));
		List<ApiKey> keys = keys(endpoint, first);
		long free = keys.stream().filter((key) -> remaining(endpoint, key) == 0).count();
		if (news) {
			// An operator has to look after a refused key, but not after a limit.
			logger.atLevel((failure.kind() == FailureKind.RATE_LIMITED) ? Level.INFO : Level.WARN)
				.log("Key {} of {} of endpoint {} rests for {} s: {}. {} of its keys can be used",
						keys.indexOf(used) + 1, keys.size(), endpoint.name(), length.toSeconds(), failure.kind(), free);
		}
		return free > 0;
	}

	/**
	 * What it means for the endpoint that its last key failed: it can be used again as
	 * soon as one of its keys can.
	 * @param endpoint the endpoint
	 * @param first credentials with the endpoint's own key
	 * @param failure the failure of the last key
	 * @return the failure of the key that can be used first
	 */
	Failure ofAll(Endpoint endpoint, Credentials first, Failure failure) {
		ApiKey soonest = soonest(endpoint, first);
		Rest rest = this.rests.get(new Place(endpoint.id(), soonest));
		if (endpoint.spareApiKeys().isEmpty() || rest == null) {
			return failure;
		}
		Failure ofSoonest = (rest.cause() == failure.kind()) ? failure : failure.as(rest.cause(), null);
		return ofSoonest.withRetryAfter(Duration.ofNanos(remaining(endpoint, soonest)));
	}

	private long remaining(Endpoint endpoint, ApiKey key) {
		Rest rest = this.rests.get(new Place(endpoint.id(), key));
		return (rest != null) ? Math.max(0, rest.until() - this.nanoClock.getAsLong()) : 0;
	}

	private static List<ApiKey> keys(Endpoint endpoint, Credentials first) {
		List<ApiKey> keys = new ArrayList<>(1 + endpoint.spareApiKeys().size());
		keys.add(first.key());
		keys.addAll(endpoint.spareApiKeys());
		return keys;
	}

	private record Place(EndpointId endpoint, ApiKey key) {

	}

	private record Rest(FailureKind cause, long until) {

	}

}
