// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Need;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for ten minutes what an endpoint said it cannot do, so that only requests
 * with the same need skip it. If the endpoint then answers a request with that need, the
 * memory ends at once. Holds one entry for each need at most. Safe for use by several
 * threads.
 */
final class UnmetNeeds {

	private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();

	private final Map<Need, Unmet> unmet = new EnumMap<>(Need.class);

	private final LongSupplier nanoClock;

	private volatile boolean empty = true;

	UnmetNeeds(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	/** The endpoint refused a request because of a need. */
	void refused(Need need, PricedRequest request, Endpoint endpoint) {
		Unmet refused = Unmet.of(need, request, endpoint, this.nanoClock.getAsLong() + KEPT_NANOS);
		if (refused == null) {
			return;
		}
		synchronized (this) {
			Unmet known = this.unmet.get(need);
			this.unmet.put(need, (known != null) ? refused.orSmaller(known) : refused);
			this.empty = false;
		}
	}

	/** The endpoint answered a request: it can do what that needed. */
	void answered(PricedRequest request, Endpoint endpoint) {
		if (this.empty) {
			return;
		}
		synchronized (this) {
			this.unmet.entrySet().removeIf((entry) -> entry.getValue().concerns(entry.getKey(), request, endpoint));
			this.empty = this.unmet.isEmpty();
		}
	}

	/** What the endpoint cannot do for a request, {@code null} if nothing is known. */
	@Nullable UnmetNeed of(PricedRequest request, Endpoint endpoint) {
		if (this.empty) {
			return null;
		}
		synchronized (this) {
			long now = forgetOld();
			for (Map.Entry<Need, Unmet> entry : this.unmet.entrySet()) {
				if (entry.getValue().concerns(entry.getKey(), request, endpoint)) {
					return new UnmetNeed(entry.getKey(), Duration.ofNanos(entry.getValue().until() - now));
				}
			}
			return null;
		}
	}

	/** Everything that the endpoint cannot do, as far as known. */
	List<Need> all() {
		if (this.empty) {
			return List.of();
		}
		synchronized (this) {
			forgetOld();
			return new ArrayList<>(this.unmet.keySet());
		}
	}

	private long forgetOld() {
		long now = this.nanoClock.getAsLong();
		this.unmet.values().removeIf((unmet) -> unmet.until() - now <= 0);
		this.empty = this.unmet.isEmpty();
		return now;
	}

	/**
	 * A need that an endpoint does not meet.
	 *
	 * @param size the amount that was refused, if the need has an amount; else 0
	 * @param parameters the parameters of the request that was refused for one of them
	 * @param until when it is forgotten
	 */
	private record Unmet(long size, Set<String> parameters, long until) {

		/** {@code null} if the request does not tell which others have the same need. */
		static @Nullable Unmet of(Need need, PricedRequest request, Endpoint endpoint, long until) {
			if (need == Need.PARAMETER) {
				Set<String> parameters = Needs.parameters(request.request(), endpoint);
				return parameters.isEmpty() ? null : new Unmet(0, parameters, until);
			}
			long size = size(need, request, endpoint);
			boolean known = size > 0 || Needs.has(request.request(), endpoint, need);
			return known ? new Unmet(size, Set.of(), until) : null;
		}

		Unmet orSmaller(Unmet other) {
			return new Unmet(Math.min(this.size, other.size), this.parameters, this.until);
		}

		boolean concerns(Need need, PricedRequest request, Endpoint endpoint) {
			if (need == Need.PARAMETER) {
				return Needs.parameters(request.request(), endpoint).containsAll(this.parameters);
			}
			return (this.size > 0) ? size(need, request, endpoint) >= this.size
					: Needs.has(request.request(), endpoint, need);
		}

		private static long size(Need need, PricedRequest request, Endpoint endpoint) {
			return switch (need) {
				case OUTPUT_TOKENS -> (request.request().maxTokens() != null) ? request.request().maxTokens() : 0;
				case REQUEST_SIZE -> request.inputTokens(endpoint);
				default -> 0;
			};
		}

	}

}
