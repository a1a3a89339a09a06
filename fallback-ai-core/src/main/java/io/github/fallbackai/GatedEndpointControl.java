// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.breaker.ControlScope;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.OperatorControl;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.ControlAction;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.OneLine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The {@link EndpointControl} over the gates of a template. Safe for use by several
 * threads.
 */
public final class GatedEndpointControl implements EndpointControl {

	/** A secret store or a file may not answer. */
	private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

	private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

	private final EndpointGates gates;

	private final CredentialsProvider credentials;

	private final CallListener listener;

	/**
	 * Creates the control.
	 * @param endpoints the endpoints
	 * @param gates their gates
	 * @param credentials where their credentials come from
	 * @param listener is told of decisions
	 */
	public GatedEndpointControl(List<Endpoint> endpoints, EndpointGates gates, CredentialsProvider credentials,
			CallListener listener) {
		endpoints.forEach((endpoint) -> this.endpoints.put(endpoint.name(), endpoint));
		this.gates = gates;
		this.credentials = credentials;
		this.listener = listener;
	}

	@Override
	public Mono<ControlScope> disable(String endpoint, @Nullable Duration length, @Nullable String reason) {
		// It goes to the state store, too.
		String line = OneLine.of(reason, FailoverEvent.LONGEST_REASON);
		return told(control(endpoint).disable(length, line), endpoint, ControlAction.DISABLE, length, line);
	}

	@Override
	public Mono<ControlScope> enable(String endpoint) {
		return told(control(endpoint).enable(), endpoint, ControlAction.ENABLE, null, null);
	}

	@Override
	public Mono<ControlScope> reset(String endpoint) {
		return told(control(endpoint).reset(), endpoint, ControlAction.RESET, null, null);
	}

	@Override
	public Mono<ControlScope> prefer(String endpoint) {
		return told(control(endpoint).prefer(), endpoint, ControlAction.PREFER, null, null);
	}

	@Override
	public Mono<ControlScope> reloadCredentials(String name) {
		Endpoint endpoint = endpoint(name);
		Mono<ControlScope> reset = this.gates.control(endpoint).reset();
		Mono<ControlScope> reload = this.credentials.resolve(endpoint, ChatRequest.of(ControlAction.class.getName()))
			.doOnNext((present) -> this.credentials.invalidate(endpoint, present))
			.timeout(LONGEST_LOOK)
			.then()
			.onErrorComplete()
			.then(reset);
		return told(reload, name, ControlAction.RELOAD_CREDENTIALS, null, null);
	}

	private Mono<ControlScope> told(Mono<ControlScope> decision, String endpoint, ControlAction action,
			@Nullable Duration length, @Nullable String reason) {
		FailoverEvent event = new FailoverEvent.EndpointControlled(endpoint, action, length, reason, null);
		return decision.doOnSuccess((scope) -> this.listener.onEvent(event));
	}

	private OperatorControl control(String name) {
		return this.gates.control(endpoint(name));
	}

	private Endpoint endpoint(String name) {
		Endpoint endpoint = this.endpoints.get(name);
		if (endpoint == null) {
			throw new IllegalArgumentException(
					"endpoint: '" + name + "' (expected: one of " + String.join(", ", this.endpoints.keySet()) + ")");
		}
		return endpoint;
	}

}
