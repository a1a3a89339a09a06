// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.breaker.ControlScope;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The management endpoint {@code fallbackai}: the whole state, one endpoint, the latest
 * events, and operations on endpoints. Reads never call a provider. Operations are
 * refused unless the application sets
 * {@code management.endpoint.fallbackai.access=unrestricted}: here and not by Spring
 * Boot, whose refusal would not say that.
 */
@Endpoint(id = FallbackAiEndpoint.ID)
public class FallbackAiEndpoint {

	/** The id that the endpoint has in paths and properties. */
	public static final String ID = "fallbackai";

	static final String EVENTS = "events";

	private final AiFallbackOperations operations;

	private final EndpointControl control;

	private final EventJournal journal;

	private final StatisticsCallListener statistics;

	private final @Nullable BreakerStateStore stateStore;

	private final DrillOperation drills;

	private final BooleanSupplier operable;

	/**
	 * Creates the endpoint.
	 * @param operations what to report on
	 * @param control carries operations out
	 * @param journal remembers events
	 * @param statistics counts attempts
	 * @param optional what the application may not have
	 * @param operable whether operations are permitted
	 */
	public FallbackAiEndpoint(AiFallbackOperations operations, EndpointControl control, EventJournal journal,
			StatisticsCallListener statistics, OptionalParts optional, BooleanSupplier operable) {
		this.operations = operations;
		this.control = control;
		this.journal = journal;
		this.statistics = statistics;
		this.stateStore = optional.stateStore();
		this.drills = new DrillOperation(optional.drills());
		this.operable = operable;
	}

	@ReadOperation
	StatusView status() {
		FallbackStatus status = this.operations.status();
		Map<String, StatusView.Chain> chains = new LinkedHashMap<>();
		status.chains().forEach((chain) -> chains.put(chain.name(), view(chain)));
		Map<String, StatusView.Endpoint> endpoints = new LinkedHashMap<>();
		status.endpoints().forEach((endpoint) -> endpoints.put(endpoint.name(), view(endpoint)));
		return new StatusView(status.version(), this.journal.instance(), status.defaultChain().name(),
				status.lastServedBy(), store(), chains, endpoints);
	}

	/**
	 * Reports on one endpoint, or the latest events. One operation serves both, because
	 * Actuator cannot distinguish a name from a fixed word.
	 */
	@ReadOperation
	@Nullable Object details(@Selector String endpoint) {
		return this.operations.status()
			.endpoint(endpoint)
			.<Object>map(this::view)
			.orElseGet(() -> endpoint.equals(EVENTS) ? new Events(this.journal.latestFirst()) : null);
	}

	@WriteOperation
	Mono<StatusView.Controlled> operate(@Selector String endpoint, @org.springframework.lang.Nullable String action,
			@org.springframework.lang.Nullable String length, @org.springframework.lang.Nullable String reason) {
		check(endpoint);
		Operation operation = Operation.of(action, length);
		Duration effective = (operation.action() == ControlAction.DISABLE) ? operation.length() : null;
		return carryOut(operation, endpoint, reason)
			.map((scope) -> new StatusView.Controlled(endpoint, operation.action(), scope, effective));
	}

	/** Begins or ends a drill. */
	StatusView.Controlled drill(String endpoint, @Nullable DrillParameters parameters, @Nullable String length,
			@Nullable String reason) {
		check(endpoint);
		return this.drills.carryOut(endpoint, parameters, length, reason);
	}

	private void check(String endpoint) {
		if (!this.operable.getAsBoolean()) {
			throw new ReadOnlyEndpointException(
					"access: read-only (expected: management.endpoint.fallbackai.access=unrestricted)");
		}
		List<String> names = this.operations.status().endpoints().stream().map(EndpointStatus::name).toList();
		if (!names.contains(endpoint)) {
			throw new UnknownEndpointException(
					Operation.message("endpoint", endpoint, "one of " + String.join(", ", names)));
		}
	}

	private Mono<ControlScope> carryOut(Operation operation, String endpoint, @Nullable String reason) {
		return switch (operation.action()) {
			case DISABLE -> this.control.disable(endpoint, operation.length(), reason);
			case ENABLE -> this.control.enable(endpoint);
			case RESET -> this.control.reset(endpoint);
			case PREFER -> this.control.prefer(endpoint);
			case RELOAD_CREDENTIALS -> this.control.reloadCredentials(endpoint);
		};
	}

	private StatusView.Endpoint view(EndpointStatus endpoint) {
		return StatusView.Endpoint.of(endpoint, this.drills.running(endpoint.name()),
				this.statistics.of(endpoint.name()));
	}

	private static StatusView.Chain view(ChainStatus chain) {
		return new StatusView.Chain((chain.active() != null) ? chain.active().name() : null, chain.degraded(),
				chain.endpoints().stream().map(EndpointStatus::name).toList());
	}

	private StatusView.@Nullable Store store() {
		return (this.stateStore != null) ? new StatusView.Store(this.stateStore.type(), this.stateStore.reachable())
				: null;
	}

	/**
	 * What the application may not have.
	 *
	 * @param stateStore where states are kept, {@code null} if that is not known
	 * @param drills rehearses failures, {@code null} unless that is enabled
	 */
	public record OptionalParts(@Nullable BreakerStateStore stateStore, @Nullable Drills drills) {

	}

	/**
	 * The latest events.
	 *
	 * @param events the events, latest first
	 */
	record Events(Iterable<EventJournal.Entry> events) {

	}

}
