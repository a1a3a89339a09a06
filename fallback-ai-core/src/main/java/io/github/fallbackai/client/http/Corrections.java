// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers for an hour with which corrections each endpoint accepts requests, so that
 * later requests have them from the start. Bounded. Safe for use by several threads.
 */
final class Corrections {

	private static final Logger logger = LoggerFactory.getLogger(Corrections.class);

	/** More than a provider has reasons for. */
	private static final int MOST_DOCUMENTED = 64;

	/**
	 * For names that callers thought of. A client of the gateway can fill it, so it is no
	 * part of the room for the others.
	 */
	private static final int MOST_OTHERS = 8;

	private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

	private final Map<EndpointId, Map<Correction, Long>> learnt = new ConcurrentHashMap<>();

	private final LongSupplier nanoClock;

	/**
	 * Remembers nothing yet.
	 * @param nanoClock the time
	 */
	Corrections(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	/** The corrections to make, in the order in which they were learnt. */
	List<Correction> of(Endpoint endpoint) {
		Map<Correction, Long> known = this.learnt.get(endpoint.id());
		if (known == null) {
			return List.of();
		}
		long now = this.nanoClock.getAsLong();
		synchronized (known) {
			known.values().removeIf((until) -> until - now <= 0);
			return List.copyOf(known.keySet());
		}
	}

	/**
	 * Remembers a correction.
	 * @param endpoint the endpoint that refused a request
	 * @param correction the change after which the endpoint accepts it
	 * @return whether there was room for it. If there was not, later requests have to be
	 * refused before they have the correction.
	 */
	boolean add(Endpoint endpoint, Correction correction) {
		Map<Correction, Long> known = this.learnt.computeIfAbsent(endpoint.id(), (id) -> new LinkedHashMap<>());
		synchronized (known) {
			if (correction instanceof Correction.Form form) {
				known.remove(new Correction.Form(!form.streaming()));
			}
			if (!known.containsKey(correction) && full(known, correction.documented())) {
				return false;
			}
			if (known.put(correction, this.nanoClock.getAsLong() + KEPT_NANOS) != null) {
				return true;
			}
		}
		logger.warn("Endpoint '{}' refused a request, and is asked {} from now on", endpoint.name(),
				correction.describe());
		return true;
	}

	private static boolean full(Map<Correction, Long> known, boolean documented) {
		long alike = known.keySet().stream().filter((other) -> other.documented() == documented).count();
		return alike >= (documented ? MOST_DOCUMENTED : MOST_OTHERS);
	}

}
