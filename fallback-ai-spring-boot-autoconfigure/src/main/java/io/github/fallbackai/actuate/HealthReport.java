// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;

/**
 * What health says, without the types of Spring Boot, because each generation has its
 * own. The default chain is healthy while any of its endpoints may be tried. The report
 * calls no provider. So it is cheap, and does not know the state of a provider that no
 * call has asked yet. Not for liveness or readiness groups, because a restart of the
 * application does not repair its providers.
 */
public final class HealthReport {

	/** Message of a health that could not be told. */
	public static final String NOT_AVAILABLE = "Status of the fallback chain is not available";

	private final boolean available;

	private final Map<String, Object> details;

	private HealthReport(boolean available, Map<String, Object> details) {
		this.available = available;
		this.details = details;
	}

	/**
	 * Makes the report of this moment.
	 * @param operations what to report on
	 * @param stateStore where states are kept, {@code null} if that is not known
	 * @param drills rehearses failures, {@code null} unless that is enabled
	 */
	public static HealthReport of(AiFallbackOperations operations, @Nullable BreakerStateStore stateStore,
			@Nullable Drills drills) {
		FallbackStatus status = operations.status();
		ChainStatus chain = status.defaultChain();
		Map<String, Object> details = new LinkedHashMap<>();
		EndpointStatus active = chain.active();
		if (active != null) {
			details.put("activeEndpoint", active.name());
			details.put("activeModel", active.model());
			details.put("activeProvider", active.provider());
		}
		details.put("degraded", chain.degraded());
		details.put("stateVersion", status.version());
		putIfKnown(details, "lastServedBy", status.lastServedBy());
		if (stateStore != null) {
			details.put("stateStore", Map.of("type", stateStore.type(), "reachable", stateStore.reachable()));
		}
		if (drills != null && !drills.running().isEmpty()) {
			details.put("drills", drills(drills));
		}
		details.put("chains", chains(status));
		details.put("endpoints", endpoints(status));
		return new HealthReport(chain.available(), details);
	}

	/** Whether any endpoint of the default chain may be tried. */
	public boolean available() {
		return this.available;
	}

	/** The details by name, in the order in which to show them. */
	public Map<String, Object> details() {
		return this.details;
	}

	/** What goes wrong on purpose, by endpoint. */
	private static Map<String, String> drills(Drills drills) {
		Map<String, String> faults = new LinkedHashMap<>();
		drills.running().forEach((endpoint, drill) -> faults.put(endpoint, drill.drill().fault().word()));
		return faults;
	}

	private static Map<String, @Nullable String> chains(FallbackStatus status) {
		Map<String, @Nullable String> chains = new LinkedHashMap<>();
		for (ChainStatus chain : status.chains()) {
			EndpointStatus active = chain.active();
			chains.put(chain.name(), (active != null) ? active.name() : null);
		}
		return chains;
	}

	private static Map<String, Object> endpoints(FallbackStatus status) {
		Map<String, Object> endpoints = new LinkedHashMap<>();
		status.chains()
			.forEach((chain) -> chain.endpoints()
				.forEach((endpoint) -> endpoints.putIfAbsent(endpoint.name(), endpoint(endpoint))));
		return endpoints;
	}

	private static Map<String, Object> endpoint(EndpointStatus endpoint) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("model", endpoint.model());
		details.put("provider", endpoint.provider());
		details.put("available", endpoint.available());
		details.put("circuitBreaker", endpoint.circuitBreaker());
		putIfKnown(details, "skipReason", endpoint.skipReason());
		putIfKnown(details, "skipRemaining", endpoint.skipRemaining());
		putIfKnown(details, "coolDownRemaining", endpoint.coolDownRemaining());
		putIfKnown(details, "lastFailure", endpoint.lastFailure());
		if (endpoint.refusing()) {
			details.put("refusing", true);
		}
		if (!endpoint.unmetNeeds().isEmpty()) {
			details.put("unmetNeeds", endpoint.unmetNeeds().stream().map(Need::name).toList());
		}
		return details;
	}

	private static void putIfKnown(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value.toString());
		}
	}

}
