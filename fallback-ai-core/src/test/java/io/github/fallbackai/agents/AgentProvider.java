// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.agents;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Parameters;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.SimulatorOptions;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.Seal;
import io.github.fallbackai.test.wire.ToolCall;

/**
 * A simulated provider that insists on its rules, and the endpoint that leads to it.
 */
final class AgentProvider implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final String name;

	private final String provider;

	private final String model;

	private final ProviderRules rules;

	private final ProviderSimulator simulator;

	AgentProvider(String name, String provider, String model, ProviderRules rules) {
		this.name = name;
		this.provider = provider;
		this.model = model;
		this.rules = rules;
		this.simulator = ProviderSimulator.create(SimulatorOptions.forEndpoint(name));
		this.simulator.rules(rules);
	}

	String name() {
		return this.name;
	}

	/**
	 * Answers as the conversations say.
	 * @param talks the conversations by their number
	 * @param faults where requests are described that lack something
	 */
	void serve(Map<Integer, AgentTalk> talks, Queue<String> faults) {
		this.simulator.answers((request) -> talks.get(AgentTalk.numberOf(request)).step().text());
		this.simulator.script((request) -> {
			AgentTalk talk = talks.get(AgentTalk.numberOf(request));
			String fault = talk.fault(this.model, request.body().toString());
			if (fault != null) {
				faults.add(fault);
			}
			if (!talk.fails()) {
				return answer(talk, request);
			}
			return fails(talk.random(), answer(talk, request));
		});
	}

	private Outcome answer(AgentTalk talk, RecordedRequest request) {
		String thought = thinks(request.body()) ? talk.thought() : "";
		List<ToolCall> calls = new ArrayList<>();
		for (String arguments : talk.arguments()) {
			calls.add(new ToolCall(id(talk.random(), calls.size()), calls.isEmpty() ? "look" : "note", arguments));
		}
		talk.gives(this.model, state(thought, calls, talk.step().text()));
		return Outcome.answer(new Answer(null, thought, "", calls, null, null));
	}

	private boolean thinks(JsonNode body) {
		String type = body.path("thinking").path("type").asText();
		return switch (this.rules) {
			case DEEPSEEK -> !type.equals("disabled");
			case OPENROUTER -> true;
			default -> this.provider.equals("gemini") || type.equals("enabled") || body.has("input");
		};
	}

	private String state(String thought, List<ToolCall> calls, String text) {
		Seal seal = new Seal(this.model);
		if (this.provider.equals("gemini")) {
			return calls.isEmpty() ? seal.sign(text)
					: seal.sign(calls.get(0).name() + Json.write(Json.read(calls.get(0).arguments())));
		}
		return (thought.isEmpty() || this.rules == ProviderRules.DEEPSEEK) ? thought : seal.sign(thought);
	}

	/**
	 * Ids as different servers give them: long ones, odd ones, the same in every turn.
	 */
	private String id(Random random, int index) {
		if (this.rules == ProviderRules.STRICT) {
			return (this.provider.equals("anthropic") ? "toolu_" : "call_")
					+ new UUID(random.nextLong(), index).toString().replace("-", "");
		}
		return switch (random.nextInt(3)) {
			case 0 -> "chatcmpl-tool-" + new UUID(random.nextLong(), index).toString().replace("-", "");
			case 1 -> "functions.look:" + index;
			default -> "call_" + index;
		};
	}

	private static Outcome fails(Random random, Outcome answer) {
		return switch (random.nextInt(15)) {
			case 0 -> Outcome.status(429);
			case 1 -> Outcome.status(500);
			case 2 -> Outcome.status(503);
			case 3 -> Outcome.status(529);
			case 4 -> Outcome.status(404);
			case 5 -> Outcome.status(401);
			case 6 -> Outcome.status(402);
			case 7 -> Outcome.raw(200, "text/html", "<html>busy</html>");
			case 8 -> answer.cutBeforeHeaders();
			case 9 -> answer.cutAfterTokens(random.nextInt(24)).byReset();
			case 10 -> answer.cutAfterBytes(random.nextInt(6000));
			case 11 -> answer.endAfterTokens(random.nextInt(24));
			case 12 -> answer.errorAfterTokens(random.nextInt(24), ProviderError.of(500));
			case 13 -> answer.errorAfterTokens(random.nextInt(24), ProviderError.of(529));
			default -> answer.cutAfterTokens(random.nextInt(24));
		};
	}

	/** The refusals since the last time. */
	List<String> takeRefusals() {
		List<String> refusals = new ArrayList<>();
		for (RecordedRequest request : this.simulator.requests()) {
			if (request.refusal() != null) {
				refusals.add(this.name + ": " + request.refusal());
			}
		}
		this.simulator.clear();
		return refusals;
	}

	Endpoint endpoint() {
		boolean thinks = this.provider.equals("anthropic");
		return Endpoint.named(this.name)
			.provider(this.provider)
			.url(URI.create(this.simulator.url()))
			.model(this.model)
			.modelGroup(this.model)
			.unaryAsStream(this.rules == ProviderRules.STRICT)
			.limits(new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true))
			.parameters(thinks ? new Parameters(
					Map.of("thinking", Map.of("type", "enabled", "budget_tokens", 1024), "max_tokens", 4096), Map.of(),
					Set.of()) : Parameters.NONE)
			.build();
	}

	@Override
	public void close() {
		this.simulator.close();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
