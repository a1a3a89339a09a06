// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.CoolDownSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

/**
 * A simulated provider whose model calls tools, and the endpoint that leads to it.
 */
final class ToolProvider implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration SHORT = Duration.ofMillis(1);

	/** The words by which a request shows how many rounds of tools there were. */
	static final String RESULT = "result-of-round-";

	private final String api;

	private final ProviderSimulator simulator = ProviderSimulator.create();

	ToolProvider(String api) {
		this.api = api;
	}

	/**
	 * Answers by the number of rounds that a request shows.
	 * @param outcomes the outcome of each round, from 1
	 * @return this provider
	 */
	ToolProvider answers(Function<Integer, Outcome> outcomes) {
		this.simulator.script((request) -> outcomes.apply(round(request)));
		return this;
	}

	/** The round that a request asks for, from 1. */
	static int round(RecordedRequest request) {
		String body = request.body().toString();
		int round = 1;
		while (body.contains(RESULT + round)) {
			round++;
		}
		return round;
	}

	ProviderSimulator simulator() {
		return this.simulator;
	}

	Endpoint endpoint(String name) {
		return Endpoint.named(name).provider(switch (this.api) {
			case "anthropic", "gemini" -> this.api;
			default -> "openai";
		})
			.url(URI.create(this.simulator.url() + (this.api.equals("responses") ? "/responses" : "")))
			.model(this.api + "-model")
			.limits(new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true))
			.build();
	}

	/** A template in which every endpoint may always be asked. */
	static AiFallbackTemplate template(List<Endpoint> endpoints, CallSettings settings, CallListener... listeners) {
		CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
		AiFallbackTemplateBuilder builder = AiFallbackTemplate.builder();
		endpoints.forEach(builder::endpoint);
		EndpointGates gates = EndpointGates.builder()
			.endpoints(endpoints)
			.circuitBreakers(breakers)
			.coolDown(new CoolDownSettings(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT))
			.build();
		endpoints.forEach((endpoint) -> breakers.circuitBreaker(endpoint.name()).transitionToDisabledState());
		return builder.gates(gates).listeners(List.of(listeners)).settings(settings).build();
	}

	/** What a model says in each round: text and calls of tools. */
	static Map<Integer, String> texts() {
		return Map.of(1, "Let me look at both places first.", 2, "One more look is needed now.", 3,
				"It is warm in Rome and cold in Oslo today.");
	}

	@Override
	public void close() {
		this.simulator.close();
	}

}
