// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.agents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.CoolDownSettings;
import io.github.fallbackai.suite.Seed;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random conversations with tools and thoughts go from model to model at random moments,
 * over real connections. The providers refuse what real ones refuse.
 */
@Tag("slow")
class MidLoopFailoverTests {

	/** How many switches to make at least: 10,000 prove more, and take longer. */
	private static final int SWITCHES = Integer.getInteger("fallback-ai.test.switches", 300);

	private static final int AT_ONCE = 8;

	private static final int BATCH = 32;

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private static final Duration SHORT = Duration.ofMillis(1);

	/** No scripted failure is of these kinds. */
	private static final Set<FailureKind> REFUSALS = Set.of(FailureKind.UNSUPPORTED, FailureKind.INVALID_REQUEST,
			FailureKind.REFUSED_UNEXPLAINED, FailureKind.LOCAL, FailureKind.CONTENT_FILTERED);

	/**
	 * What a provider may refuse before it is asked once more: thinking with a turn that
	 * another model began, and, once for each endpoint, messages of models that do not
	 * think, and the API that a model does not have.
	 */
	private static final List<String> ALLOWED = List.of("Expected `thinking`", "must be passed back to the API",
			"Please use /v1/responses instead");

	private final Seed seed = Seed.any();

	private final Map<Integer, AgentTalk> talks = new ConcurrentHashMap<>();

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private final AtomicInteger switches = new AtomicInteger();

	private final List<AgentProvider> providers = List.of(
			new AgentProvider("chat", "openai", "gpt-sim", ProviderRules.STRICT),
			new AgentProvider("claude", "anthropic", "claude-sim", ProviderRules.STRICT),
			new AgentProvider("gemini", "gemini", "gemini-3-sim", ProviderRules.STRICT),
			new AgentProvider("deep", "openai", "deep-sim", ProviderRules.DEEPSEEK),
			new AgentProvider("router", "openai", "router-sim", ProviderRules.OPENROUTER),
			new AgentProvider("responses", "openai", "gpt-5.4-sim", ProviderRules.STRICT),
			new AgentProvider("claude-too", "anthropic", "claude-sim", ProviderRules.STRICT));

	@Test
	void nothingIsLostOrDoubled() {
		this.providers.forEach((provider) -> provider.serve(this.talks, this.faults));
		List<String> refusals = new ArrayList<>();
		int number = 0;
		try (AiFallbackTemplate ai = template()) {
			while (this.switches.get() < SWITCHES && this.faults.isEmpty()) {
				Flux.range(number, BATCH).flatMap((each) -> talk(ai, each), AT_ONCE).blockLast(PATIENCE);
				this.providers.forEach((provider) -> refusals.addAll(provider.takeRefusals()));
				number += BATCH;
			}
		}
		finally {
			this.providers.forEach(AgentProvider::close);
		}
		assertThat(this.faults.stream().limit(3)).as("%s", this.seed).isEmpty();
		assertThat(refusals).as("%s", this.seed)
			.allMatch((refusal) -> ALLOWED.stream().anyMatch(refusal::contains))
			.filteredOn((refusal) -> !refusal.startsWith("claude"))
			.hasSizeLessThanOrEqualTo(2 * AT_ONCE);
	}

	private Mono<Void> talk(AiFallbackTemplate ai, int number) {
		AgentTalk talk = new AgentTalk(number, new Random(this.seed.value() + number));
		this.talks.put(number, talk);
		return step(ai, talk, talk.begin()).onErrorResume((error) -> {
			this.faults.add("conversation " + number + ": " + error);
			return Mono.empty();
		}).doFinally((signal) -> this.talks.remove(number));
	}

	private Mono<Void> step(AiFallbackTemplate ai, AgentTalk talk, ChatRequest request) {
		talk.ask(talk.random().nextInt(this.providers.size() - 1));
		String target = this.providers.get(talk.random().nextInt(this.providers.size())).name();
		ChatRequest asked = request.toBuilder().target(target).build();
		return (talk.random().nextBoolean() ? ai.chat(asked) : streamed(ai, asked)).flatMap((response) -> {
			check(talk, response);
			ChatRequest next = talk.next(request, response);
			return (next != null) ? step(ai, talk, next) : Mono.empty();
		});
	}

	private Mono<ChatResponse> streamed(AiFallbackTemplate ai, ChatRequest request) {
		return ai.stream(request).collectList().map((events) -> {
			StringBuilder text = new StringBuilder();
			List<ToolCall> calls = new ArrayList<>();
			ChatResponse response = null;
			for (ChatEvent event : events) {
				if (event instanceof ChatEvent.ContentDelta delta) {
					text.append(delta.text());
				}
				else if (event instanceof ChatEvent.ToolCallReady ready) {
					calls.add(ready.toolCall());
				}
				else if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
					text.setLength(0);
					calls.clear();
				}
				else if (event instanceof ChatEvent.Completed completed) {
					response = completed.response();
				}
			}
			assertThat(response).isNotNull();
			assertThat(text).hasToString(response.text());
			assertThat(calls).isEqualTo(response.toolCalls());
			return response;
		});
	}

	private void check(AgentTalk talk, ChatResponse response) {
		this.switches.addAndGet(response.attempts().size() - 1);
		assertThat(response.text()).isEqualTo(talk.step().text());
		assertThat(response.toolCalls()).extracting(ToolCall::arguments).isEqualTo(talk.arguments());
		assertThat(response.attempts()).extracting(Attempt::failure).doesNotContainAnyElementsOf(REFUSALS);
	}

	private AiFallbackTemplate template() {
		CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
		List<Endpoint> endpoints = this.providers.stream().map(AgentProvider::endpoint).toList();
		AiFallbackTemplateBuilder builder = AiFallbackTemplate.builder();
		endpoints.forEach(builder::endpoint);
		EndpointGates gates = EndpointGates.builder()
			.endpoints(endpoints)
			.circuitBreakers(breakers)
			.coolDown(new CoolDownSettings(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT))
			.build();
		// Failures are the point: every endpoint has to be asked again and again.
		endpoints.forEach((endpoint) -> breakers.circuitBreaker(endpoint.name()).transitionToDisabledState());
		return builder.gates(gates)
			.listeners(List.of())
			.settings(CallSettings.builder().maxAttempts(20).deadline(PATIENCE).build())
			.build();
	}

}
