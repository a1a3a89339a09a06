// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The provider dies after each event of each round of a tool loop, over real connections.
 */
class ProviderDiesTests {

	/** Every how many events it dies; with 1, it dies after each of them. */
	private static final int STEP = Integer.getInteger("fallback-ai.test.cut-step", 3);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int MOST_EVENTS = 300;

	private static final int ROUNDS = 3;

	private static final ToolDefinition LOOK = new ToolDefinition("look", "Looks somewhere",
			"""
					{"type":"object","properties":{"place":{"type":"string"}},"required":["place"],"additionalProperties":false}""");

	private static final Map<Integer, List<String>> PLACES = Map.of(1, List.of("Rome", "Oslo"), 2, List.of("Rome"));

	private final List<ToolProvider> providers = new ArrayList<>();

	private final Queue<String> executed = new ConcurrentLinkedQueue<>();

	private final AtomicInteger dyingRound = new AtomicInteger();

	private volatile int dyingAfter;

	private final ToolExecutor tools = ToolExecutor.builder().tool(LOOK, (invocation) -> {
		String place = String.valueOf(invocation.text("place"));
		this.executed.add(invocation.round() + place);
		return Mono.delay(Duration.ofMillis(1)).map((tick) -> ToolProvider.RESULT + invocation.round() + " " + place);
	}).build();

	@AfterEach
	void close() {
		this.providers.forEach(ToolProvider::close);
	}

	@ParameterizedTest
	@CsvSource({ "chat, responses, true", "responses, anthropic, true", "anthropic, gemini, true", "gemini, chat, true",
			"chat, anthropic, false", "responses, gemini, false", "anthropic, chat, false",
			"gemini, responses, false" })
	void everyToolRunsOnce(String dying, String other, boolean streamed) {
		AiFallbackTemplate ai = template(dying, other);
		for (int round = 1; round <= ROUNDS; round++) {
			boolean died = true;
			int events = 0;
			for (; died && events < MOST_EVENTS; events += STEP) {
				died = converse(ai, round, events, streamed);
			}
			assertThat(events).as("events of round " + round).isBetween(3, MOST_EVENTS - 1);
		}
		for (ToolProvider provider : this.providers) {
			assertThat(provider.simulator().requests()).extracting(RecordedRequest::refusal).containsOnlyNulls();
		}
		ai.close();
	}

	private AiFallbackTemplate template(String... apis) {
		for (String api : apis) {
			ToolProvider provider = new ToolProvider(api).answers(this::outcome);
			provider.simulator().rules(ProviderRules.STRICT);
			provider.simulator().answers((request) -> ToolProvider.texts().get(ToolProvider.round(request)));
			this.providers.add(provider);
		}
		return ToolProvider.template(
				List.of(this.providers.get(0).endpoint("dying"), this.providers.get(1).endpoint("other")),
				CallSettings.builder().deadline(PATIENCE).build());
	}

	/** The same ids in every round, as some providers give them. */
	private Outcome outcome(int round) {
		List<ToolCall> calls = new ArrayList<>();
		for (String place : PLACES.getOrDefault(round, List.of())) {
			calls.add(new ToolCall("call_" + calls.size(), "look", "{\"place\":\"" + place + "\"}"));
		}
		Outcome whole = Outcome.answer(new Answer(null, "", "", calls, null, null));
		return this.dyingRound.compareAndSet(round, 0) ? whole.cutAfterEvents(this.dyingAfter) : whole;
	}

	/** Whether the provider died before its answer was complete. */
	private boolean converse(AiFallbackTemplate ai, int round, int events, boolean streamed) {
		this.executed.clear();
		this.dyingAfter = events;
		this.dyingRound.set(round);
		ChatRequest request = ChatRequest.builder().system("Be brief.").user("How is the weather?").build();
		String where = "round " + round + ", after " + events + " events";
		ChatResponse response = (streamed ? streamed(ai, request, where) : ai.chat(request, this.tools, ROUNDS))
			.block(PATIENCE);
		assertThat(response).isNotNull();
		assertThat(response.text()).as(where).isEqualTo(ToolProvider.texts().get(3));
		assertThat(this.executed).as(where).containsExactlyInAnyOrder("1Rome", "1Oslo", "2Rome");
		assertThat(response.toMessages()).hasSize(6);
		return response.attempts()
			.stream()
			.map(Attempt::outcome)
			.anyMatch((outcome) -> outcome == AttemptOutcome.FAILED);
	}

	private Mono<ChatResponse> streamed(AiFallbackTemplate ai, ChatRequest request, String where) {
		return ai.stream(request, this.tools, ROUNDS).collectList().map((events) -> {
			List<String> texts = new ArrayList<>();
			StringBuilder text = new StringBuilder();
			for (ChatEvent event : events) {
				if (event instanceof ChatEvent.ContentDelta delta) {
					text.append(delta.text());
				}
				else if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
					text.setLength(0);
				}
				else if (event instanceof ToolProgress.RoundEnded) {
					texts.add(text.toString());
					text.setLength(0);
				}
			}
			texts.add(text.toString());
			assertThat(texts).as(where)
				.containsExactly(ToolProvider.texts().get(1), ToolProvider.texts().get(2), ToolProvider.texts().get(3));
			assertThat(events.stream().map(ChatEvent::type)).as(where)
				.filteredOn((type) -> type == ChatEvent.Type.TOOL_FINISHED || type == ChatEvent.Type.TOOL_CALL_READY)
				.hasSize(6);
			return ((ChatEvent.Completed) events.get(events.size() - 1)).response();
		});
	}

}
