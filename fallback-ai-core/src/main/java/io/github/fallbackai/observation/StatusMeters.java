// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.event.DispatchedListener;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Shows the present state as gauges that are 1 or 0: which endpoint is active in each
 * chain, which may be tried, whether the state store answers.
 */
public final class StatusMeters implements MeterBinder {

	private final AiFallbackOperations operations;

	private final @Nullable BreakerStateStore stateStore;

	private final List<DispatchedListener> listeners;

	/**
	 * Creates the binder.
	 * @param operations what to report on
	 * @param stateStore the store of the states, {@code null} if it is not known
	 * @param listeners listeners that may miss events
	 */
	public StatusMeters(AiFallbackOperations operations, @Nullable BreakerStateStore stateStore,
			List<DispatchedListener> listeners) {
		this.operations = operations;
		this.stateStore = stateStore;
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FallbackStatus status = this.operations.status();
		for (ChainStatus chain : status.chains()) {
			for (EndpointStatus endpoint : chain.endpoints()) {
				gauge("active", "Whether the endpoint is the one that the next call would use",
						(now) -> isActive(now, chain.name(), endpoint.name()))
					.tags("chain", chain.name(), "endpoint", endpoint.name())
					.register(registry);
			}
		}
		for (EndpointStatus endpoint : status.endpoints()) {
			gauge("endpoint.refusing", "Whether the endpoint refuses every request",
					(now) -> isRefusing(now, endpoint.name()))
				.tags("endpoint", endpoint.name(), "provider", endpoint.provider(), "model", endpoint.model())
				.register(registry);
			gauge("endpoint.available", "Whether the endpoint may be tried", (now) -> isAvailable(now, endpoint.name()))
				.tags("endpoint", endpoint.name(), "provider", endpoint.provider(), "model", endpoint.model())
				.register(registry);
		}
		gauge("state.version", "Version of the state that the other gauges show", FallbackStatus::version)
			.register(registry);
		bindStateStore(registry);
		for (DispatchedListener listener : this.listeners) {
			FunctionCounter.builder("fallback.ai.listener.dropped", listener, DispatchedListener::dropped)
				.description("Events that a listener missed because it was too slow")
				.tags("listener", listener.name())
				.register(registry);
		}
	}

	private Gauge.Builder<AiFallbackOperations> gauge(String name, String description,
			ToDoubleFunction<FallbackStatus> value) {
		return Gauge
			.builder("fallback.ai." + name, this.operations, (operations) -> value.applyAsDouble(operations.status()))
			.description(description);
	}

	private void bindStateStore(MeterRegistry registry) {
		BreakerStateStore store = this.stateStore;
		if (store != null) {
			Gauge.builder("fallback.ai.state.store.reachable", store, (asked) -> asked.reachable() ? 1 : 0)
				.description("Whether the state store answers")
				.tags("type", store.type())
				.register(registry);
		}
	}

	private static double isActive(FallbackStatus status, String chain, String endpoint) {
		return status.chains()
			.stream()
			.filter((member) -> member.name().equals(chain))
			.map(ChainStatus::active)
			.anyMatch((active) -> active != null && active.name().equals(endpoint)) ? 1 : 0;
	}

	private static double isRefusing(FallbackStatus status, String endpoint) {
		return status.endpoint(endpoint).filter(EndpointStatus::refusing).isPresent() ? 1 : 0;
	}

	private static double isAvailable(FallbackStatus status, String endpoint) {
		return status.endpoint(endpoint).filter(EndpointStatus::available).isPresent() ? 1 : 0;
	}

}
