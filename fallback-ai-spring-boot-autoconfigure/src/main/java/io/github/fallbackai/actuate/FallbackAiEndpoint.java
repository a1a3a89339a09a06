package io.github.fallbackai.actuate;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.breaker.ControlScope;
import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The management endpoint {@code fallbackai}: the whole state, one endpoint, the latest
 * events, and operations on endpoints. Reads never call a provider. Operations are
 * refused unless the application sets
 * {@code management.endpoint.fallbackai.access=unrestricted}.
 */
@Endpoint(id = "fallbackai", defaultAccess = Access.READ_ONLY)
public class FallbackAiEndpoint {

	private static final String EVENTS = "events";

	private final AiFallbackOperations operations;

	private final EndpointControl control;

	private final EventJournal journal;

	private final StatisticsCallListener statistics;

	private final @Nullable BreakerStateStore stateStore;

	/**
	 * Creates the endpoint.
	 * @param operations what to report on
	 * @param control carries operations out
	 * @param journal remembers events
	 * @param statistics counts attempts
	 * @param stateStore where states are kept, {@code null} if that is not known
	 */
	public FallbackAiEndpoint(AiFallbackOperations operations, EndpointControl control, EventJournal journal,
			StatisticsCallListener statistics, @Nullable BreakerStateStore stateStore) {
		this.operations = operations;
		this.control = control;
		this.journal = journal;
		this.statistics = statistics;
		this.stateStore = stateStore;
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
	 * Reports on one endpoint, or the latest events. There is one such operation for
	 * both: Actuator cannot tell a name from a word.
	 */
	@ReadOperation
	@Nullable Object details(@Selector String endpoint) {
		return this.operations.status()
			.endpoint(endpoint)
			.<Object>map(this::view)
			.orElseGet(() -> endpoint.equals(EVENTS) ? new Events(this.journal.latestFirst()) : null);
	}

	@WriteOperation
	@Nullable Mono<StatusView.Controlled> operate(@Selector String endpoint, String action,
			@org.springframework.lang.Nullable Duration length, @org.springframework.lang.Nullable String reason) {
		if (this.operations.status().endpoint(endpoint).isEmpty()) {
			throw invalid("endpoint", endpoint, "a configured one");
		}
		ControlAction known = Arrays.stream(ControlAction.values())
			.filter((candidate) -> Words.of(candidate).equals(action))
			.findFirst()
			.orElseThrow(() -> invalid("action", action, "one of " + actions()));
		if (length != null && (length.isZero() || length.isNegative())) {
			throw invalid("for", length.toString(), "> 0");
		}
		return carryOut(known, endpoint, length, reason)
			.map((scope) -> new StatusView.Controlled(endpoint, known, scope));
	}

	private Mono<ControlScope> carryOut(ControlAction action, String endpoint, @Nullable Duration length,
			@Nullable String reason) {
		return switch (action) {
			case DISABLE -> this.control.disable(endpoint, length, reason);
			case ENABLE -> this.control.enable(endpoint);
			case RESET -> this.control.reset(endpoint);
			case PREFER -> this.control.prefer(endpoint);
			case RELOAD_CREDENTIALS -> this.control.reloadCredentials(endpoint);
		};
	}

	private static String actions() {
		return Arrays.stream(ControlAction.values()).map(Words::of).collect(Collectors.joining(", "));
	}

	private static InvalidEndpointRequestException invalid(String name, String value, String expected) {
		String message = name + ": " + value + " (expected: " + expected + ")";
		return new InvalidEndpointRequestException(message, message);
	}

	private StatusView.Endpoint view(EndpointStatus endpoint) {
		return StatusView.Endpoint.of(endpoint, this.statistics.of(endpoint.name()));
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
	 * The latest events.
	 *
	 * @param events the events, latest first
	 */
	record Events(Iterable<EventJournal.Entry> events) {

	}

}
