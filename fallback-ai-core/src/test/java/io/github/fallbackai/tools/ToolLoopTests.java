// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolExecution;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.ToolRoundsExceededException;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.event.ToolEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Loops of models and tools, over real connections.
 */
class ToolLoopTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final ToolDefinition LOOK = new ToolDefinition("look", "Looks somewhere", """
			{"type":"object","properties":{"place":{"type":"string"}},"required":["place"]}""");

	private static final ChatRequest REQUEST = ChatRequest.of("How is the weather?");

	private final ToolProvider primary = new ToolProvider("chat");

	private final ToolProvider backup = new ToolProvider("chat");

	private final Queue<FailoverEvent> told = new ConcurrentLinkedQueue<>();

	private final Queue<String> executed = new ConcurrentLinkedQueue<>();

	private AiFallbackTemplate ai = template(CallSettings.DEFAULTS);

	private AiFallbackTemplate template(CallSettings settings) {
		return ToolProvider.template(List.of(this.primary.endpoint("primary"), this.backup.endpoint("backup")),
				settings, (ImmediateCallListener) this.told::add);
	}

	@AfterEach
	void close() {
		this.ai.close();
		this.primary.close();
		this.backup.close();
	}

	@Test
	void modelIsToldWhatIsWrongWithItsCall() {
		calls(this.primary, new ToolCall("a", "dig", "{}"), look("b", "{\"city\":\"Rome\"}"),
				look("c", "{\"place\":7}"), look("d", "{\"place\":\"Rome\"}"));
		assertThat(answer(executor()).text()).isEqualTo("Done.");
		assertThat(this.executed).containsExactly("Rome");
		assertThat(results(1)).satisfiesExactly(
				(unknown) -> assertThat(unknown).isEqualTo("Error: there is no such tool; there are [look]"),
				(missing) -> assertThat(missing).isEqualTo("Error: place: missing"),
				(number) -> assertThat(number).isEqualTo("Error: place: a number (expected: string)"),
				(good) -> assertThat(good).startsWith(ToolProvider.RESULT));
		assertThat(failures()).containsExactlyInAnyOrder("(unknown) UNKNOWN_TOOL", "look INVALID_ARGUMENTS",
				"look INVALID_ARGUMENTS");
	}

	@Test
	void callsOfAnAnswerThatAPolicyWithdrewDoNotRun() {
		this.primary.answers((round) -> Outcome.answer(Answer.toolCalls(look("a", "{\"place\":\"Rome\"}"))
			.withText("So let me")
			.withFinishReason(io.github.fallbackai.test.wire.FinishReason.CONTENT_FILTER)));
		assertThat(answer(executor()).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
		assertThat(this.executed).isEmpty();
	}

	@Test
	void modelIsToldOnlyWhatIsMeantForIt() {
		calls(this.primary, look("a", "{\"place\":\"Rome\"}"), look("b", "{\"place\":\"Oslo\"}"));
		ToolExecutor tools = ToolExecutor.builder()
			.tool(LOOK,
					ToolFunction.blocking((invocation) -> throwing("Rome".equals(invocation.text("place"))
							? new ToolException("Rome is closed") : new IllegalStateException("the key is secret"))))
			.build();
		answer(tools);
		assertThat(results(1)).containsExactly("Error: Rome is closed", "Error: the tool failed");
		assertThat(failures()).containsExactly("look FAILED", "look FAILED");
	}

	private static String throwing(RuntimeException error) {
		throw error;
	}

	@Test
	void toolHasLimits() {
		calls(this.primary, look("a", "{\"place\":\"Rome\"}"), look("b", "{\"place\":\"Oslo\"}"));
		CountDownLatch cancelled = new CountDownLatch(1);
		ToolExecutor tools = ToolExecutor.builder()
			.tool(LOOK, (invocation) -> Mono.<String>never().doOnCancel(cancelled::countDown),
					ToolLimits.NONE.withTimeout(Duration.ofMillis(20)).withMaxRuns(1))
			.build();
		answer(tools);
		assertThat(results(1)).containsExactly("Error: the tool did not answer within PT0.02S",
				"Error: this tool may not be called again, it was called 1 times");
		assertThat(cancelled.getCount()).isZero();
		assertThat(failures()).containsExactlyInAnyOrder("look TIMED_OUT", "look LIMIT_REACHED");
	}

	@Test
	void callsOfAnAnswerRunAtTheSameTimeWithinABound() {
		List<ToolCall> calls = new ArrayList<>();
		for (int index = 0; index < 6; index++) {
			calls.add(look("id" + index, "{\"place\":\"p" + index + "\"}"));
		}
		calls(this.primary, calls.toArray(ToolCall[]::new));
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		ToolExecutor tools = ToolExecutor.builder().tool(LOOK, (invocation) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			// The later ones are faster.
			return Mono.delay(Duration.ofMillis(60 - 8L * Integer.parseInt(invocation.id().substring(2))))
				.map((tick) -> ToolProvider.RESULT + "1 " + invocation.text("place"))
				.doOnTerminate(running::decrementAndGet);
		}).parallel(3).build();
		answer(tools);
		assertThat(most).hasValue(3);
		assertThat(results(1)).hasSize(6)
			.satisfies((results) -> assertThat(results.get(0)).endsWith("p0"))
			.satisfies((results) -> assertThat(results.get(5)).endsWith("p5"));
	}

	@Test
	void leavingCallerCancelsTools() throws InterruptedException {
		calls(this.primary, look("a", "{\"place\":\"Rome\"}"));
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch cancelled = new CountDownLatch(1);
		ToolExecutor tools = ToolExecutor.builder()
			.tool(LOOK,
					(invocation) -> Mono.<String>never()
						.doOnSubscribe((subscription) -> started.countDown())
						.doOnCancel(cancelled::countDown))
			.build();
		Disposable caller = this.ai.chat(REQUEST, tools, 5).subscribe();
		assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		caller.dispose();
		assertThat(cancelled.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(failures()).containsExactly("look CANCELLED");
	}

	@Test
	void callerWhoLeavesWhenAToolIsToldAsStartedEndsIt() {
		calls(this.primary, look("a", "{\"place\":\"Rome\"}"));
		this.ai.stream(REQUEST, executor(), 5).takeUntil(ToolProgress.Started.class::isInstance).blockLast(PATIENCE);
		Awaitility.await().atMost(PATIENCE).until(() -> !failures().isEmpty());
		assertThat(this.told).filteredOn(ToolEvent.class::isInstance)
			.extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("Started", "Failed");
		assertThat(failures()).containsExactly("look CANCELLED");
		assertThat(this.executed).isEmpty();
	}

	@Test
	void oneDeadlineBoundsAllRoundsAndTools() {
		this.primary.answers((round) -> io.github.fallbackai.test.Outcome
			.answer(Answer.toolCalls(look("a", "{\"place\":\"Rome\"}"))));
		AtomicInteger runs = new AtomicInteger();
		ToolExecutor tools = ToolExecutor.builder()
			.tool(LOOK,
					(invocation) -> (runs.incrementAndGet() < 3)
							? Mono.just(ToolProvider.RESULT + invocation.round()).delayElement(Duration.ofMillis(50))
							: Mono.never())
			.build();
		ChatRequest request = REQUEST.toBuilder().deadline(Duration.ofSeconds(2)).build();
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> this.ai.chat(request, tools, 100).block(PATIENCE))
			.satisfies((exception) -> assertThat(exception.attempts()).hasSize(3));
		assertThat(runs).hasValue(3);
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> this.ai.stream(request.toBuilder().deadline(Duration.ofMillis(200)).build(), tools, 100)
				.blockLast(PATIENCE));
	}

	@Test
	void toolsOfTheLastRoundDoNotRun() {
		this.primary.answers((round) -> Outcome.answer(
				(round < 3) ? Answer.toolCalls(look("a", "{\"place\":\"Rome" + round + "\"}")) : Answer.text("Done.")));
		assertThatExceptionOfType(ToolRoundsExceededException.class)
			.isThrownBy(() -> this.ai.chat(REQUEST, executor(), 2).block(PATIENCE))
			.satisfies((exception) -> {
				assertThat(this.executed).containsExactly("Rome1");
				ChatResponse last = exception.response();
				assertThat(last.toolCalls()).hasSize(1);
				ChatRequest next = REQUEST.continueWith(last,
						List.of(new ToolResultMessage("a", ToolProvider.RESULT + 2)));
				assertThat(this.ai.chat(next, executor(), 1).block(PATIENCE)).isNotNull()
					.extracting(ChatResponse::text)
					.isEqualTo("Done.");
			});
	}

	@Test
	void roundsStayWhereThePreviousAnswerCameFrom() {
		this.primary.answers((round) -> (round == 1) ? Outcome.status(500) : done());
		this.backup.answers((round) -> (round < 3) ? Outcome.answer(Answer.toolCalls(look("a", "{\"place\":\"Rome\"}")))
				: Outcome.status(503));
		ChatResponse response = answer(executor());
		assertThat(response.attempts()).extracting(Attempt::endpoint)
			.containsExactly("primary", "backup", "backup", "backup", "primary");
		assertThat(response.degraded()).isTrue();
		assertThat(response.endpoint()).isEqualTo("primary");
		assertThat(response.usage()).isNotNull();
	}

	@Test
	void forcedToolsAreForcedOnce() {
		calls(this.primary, look("a", "{\"place\":\"Rome\"}"));
		this.ai.chat(REQUEST.toBuilder().toolChoice(ToolChoice.REQUIRED).build(), executor(), 5).block(PATIENCE);
		assertThat(this.primary.simulator().requests()).extracting((request) -> request.body().has("tool_choice"))
			.containsExactly(true, false);
	}

	@Test
	void raceRunsNoToolTwice() {
		calls(this.primary, look("a", "{\"place\":\"Rome\"}"));
		calls(this.backup, look("a", "{\"place\":\"Rome\"}"));
		this.ai.close();
		this.ai = template(CallSettings.builder().hedge(new HedgeSettings(Duration.ofMillis(1), 1.0)).build());
		for (int call = 0; call < 10; call++) {
			assertThat(answer(executor()).text()).isEqualTo("Done.");
		}
		assertThat(this.executed).hasSize(10);
	}

	@Test
	void requestMayHaveOnlyToolsThatCanRun() {
		ChatRequest request = REQUEST.toBuilder().tool(new ToolDefinition("dig", "Digs", "{}")).build();
		assertThatIllegalArgumentException().isThrownBy(() -> this.ai.chat(request, executor(), 1))
			.withMessageContaining("'dig'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.ai.chat(REQUEST, executor(), 0))
			.withMessageContaining("maxRounds: 0");
	}

	@Test
	void listenersAreToldNeitherArgumentsNorResults() {
		calls(this.primary, look("a", "{\"place\":\"Rome\"}"));
		answer(executor());
		assertThat(this.told).filteredOn(ToolEvent.class::isInstance)
			.extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("Started", "Finished");
		assertThat(this.told.toString()).doesNotContain("Rome");
	}

	private ToolExecutor executor() {
		return ToolExecutor.builder().tool(LOOK, (invocation) -> {
			this.executed.add(String.valueOf(invocation.text("place")));
			return Mono.just(ToolProvider.RESULT + invocation.round());
		}).build();
	}

	private ChatResponse answer(ToolExecutor tools) {
		ChatResponse response = this.ai.chat(REQUEST, tools, 5).block(PATIENCE);
		assertThat(response).isNotNull();
		return response;
	}

	private static ToolCall look(String id, String arguments) {
		return new ToolCall(id, "look", arguments);
	}

	private static Outcome done() {
		return Outcome.answer("Done.");
	}

	/** The model calls tools, and says that it is done once it has results. */
	private static void calls(ToolProvider provider, ToolCall... calls) {
		provider.simulator()
			.script((request) -> toolResults(request).isEmpty() ? Outcome.answer(Answer.toolCalls(calls)) : done());
	}

	private List<String> results(int request) {
		return toolResults(this.primary.simulator().requests().get(request));
	}

	private static List<String> toolResults(RecordedRequest request) {
		List<String> results = new ArrayList<>();
		for (JsonNode message : request.body().path("messages")) {
			if (message.path("role").asText().equals("tool")) {
				results.add(message.path("content").asText());
			}
		}
		return results;
	}

	private List<String> failures() {
		List<String> failures = new ArrayList<>();
		for (FailoverEvent event : this.told) {
			if (event instanceof ToolEvent.Failed failed) {
				assertThat(failed.outcome()).isNotEqualTo(ToolExecution.Outcome.SUCCEEDED);
				failures.add(failed.tool() + " " + failed.outcome());
			}
		}
		return failures;
	}

}
