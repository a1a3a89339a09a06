package io.github.fallbackai.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/**
 * Health of the default chain: up while any of its endpoints may be tried. It never calls
 * a provider. So it is cheap, and does not know the state of a provider that no call has
 * asked yet. Not for liveness or readiness groups, because a restart of the application
 * does not repair its providers.
 */
public class AiFallbackHealthIndicator extends AbstractHealthIndicator {

	private final AiFallbackOperations operations;

	private final @Nullable BreakerStateStore stateStore;

	private final Status unavailable;

	/**
	 * Creates the indicator.
	 * @param operations what to report on
	 * @param stateStore where states are kept, {@code null} if that is not known
	 * @param unavailable the status while no endpoint of the default chain may be tried
	 */
	public AiFallbackHealthIndicator(AiFallbackOperations operations, @Nullable BreakerStateStore stateStore,
			Status unavailable) {
		super("Status of the fallback chain is not available");
		this.operations = operations;
		this.stateStore = stateStore;
		this.unavailable = unavailable;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		FallbackStatus status = this.operations.status();
		ChainStatus chain = status.defaultChain();
		health.status(chain.available() ? Status.UP : this.unavailable);
		EndpointStatus active = chain.active();
		if (active != null) {
			health.withDetail("activeEndpoint", active.name())
				.withDetail("activeModel", active.model())
				.withDetail("activeProvider", active.provider());
		}
		health.withDetail("degraded", chain.degraded()).withDetail("stateVersion", status.version());
		if (status.lastServedBy() != null) {
			health.withDetail("lastServedBy", status.lastServedBy());
		}
		if (this.stateStore != null) {
			health.withDetail("stateStore",
					Map.of("type", this.stateStore.type(), "reachable", this.stateStore.reachable()));
		}
		health.withDetail("chains", chains(status)).withDetail("endpoints", endpoints(status));
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
