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

	private static final int MOST_PER_ENDPOINT = 8;

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
	 * @return whether there was room for it
	 */
	boolean add(Endpoint endpoint, Correction correction) {
		Map<Correction, Long> known = this.learnt.computeIfAbsent(endpoint.id(), (id) -> new LinkedHashMap<>());
		synchronized (known) {
			if (correction instanceof Correction.Form form) {
				known.remove(new Correction.Form(!form.streaming()));
			}
			if (known.size() == MOST_PER_ENDPOINT && !known.containsKey(correction)) {
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

}
