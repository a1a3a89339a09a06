// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolExecution;
import io.github.fallbackai.chat.ToolExecution.Outcome;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.engine.timing.Deadline;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.event.ToolEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs the tools of one loop, round by round. Whatever a tool does, the model gets a
 * result for each of its calls.
 */
final class ToolRun {

	/** Between two looks whether the consumer's pause is over. */
	private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(10);

	private final ToolExecutor tools;

	private final CallListeners listeners;

	private final Scheduler scheduler;

	private final CallInfo loop;

	private final ExecutionLedger ledger = new ExecutionLedger();

	/** The results of the round, in the order of its calls. */
	private volatile AtomicReferenceArray<ToolResultMessage> results = new AtomicReferenceArray<>(0);

	ToolRun(ToolExecutor tools, CallListeners listeners, Scheduler scheduler, CallInfo loop) {
		this.tools = tools;
		this.listeners = listeners;
		this.scheduler = scheduler;
		this.loop = loop;
	}

	static String newId() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
	}

	/**
	 * Runs all calls of an answer, each of which has an id of its own.
	 * @param round the number of the answer
	 * @param calls the calls
	 * @param deadline what is left of the time of the loop
	 * @return what happens; fails only if the deadline passes
	 */
	Flux<ChatEvent> all(int round, List<ToolCall> calls, Deadline deadline) {
		this.results = new AtomicReferenceArray<>(calls.size());
		return Flux.range(0, calls.size())
			.filter((index) -> this.ledger.begin(round, calls.get(index)))
			.flatMap((index) -> one(round, calls.get(index), deadline).doOnNext((event) -> keep(index, event)),
					this.tools.parallel());
	}

	private void keep(int index, ChatEvent event) {
		if (event instanceof ToolProgress.Finished finished) {
			keep(index, finished.execution());
		}
		else if (event instanceof ToolProgress.Failed failed) {
			keep(index, failed.execution());
		}
	}

	private void keep(int index, ToolExecution execution) {
		this.results.set(index, new ToolResultMessage(execution.toolCall().id(), execution.result()));
	}

	/** What the tools of the round returned. */
	List<ToolResultMessage> results() {
		List<ToolResultMessage> all = new ArrayList<>();
		for (int index = 0; index < this.results.length(); index++) {
			all.add(this.results.get(index));
		}
		return all;
	}

	private Flux<ChatEvent> one(int round, ToolCall call, Deadline deadline) {
		RegisteredTool tool = this.tools.find(call.name());
		if (tool == null) {
			return refused(round, call, Outcome.UNKNOWN_TOOL, "there is no such tool; there are "
					+ this.tools.definitions().stream().map((definition) -> definition.name()).toList());
		}
		ObjectNode arguments = ArgumentJson.object(call.arguments());
		List<String> problems = (arguments != null) ? tool.schema().problems(arguments)
				: List.of("the arguments are no JSON object");
		if (arguments == null || !problems.isEmpty()) {
			return refused(round, call, Outcome.INVALID_ARGUMENTS, String.join("; ", problems));
		}
		if (!this.ledger.mayRun(tool)) {
			return refused(round, call, Outcome.LIMIT_REACHED,
					"this tool may not be called again, it was called " + tool.limits().maxRuns() + " times");
		}
		return Flux.defer(() -> started(tool, new ToolInvocation(round, call, arguments), call, deadline));
	}

	private Flux<ChatEvent> refused(int round, ToolCall call, Outcome outcome, String why) {
		return Flux.defer(() -> Flux.just(ended(round, call, Result.failed(outcome, why), Duration.ZERO)));
	}

	/**
	 * The end of what was told as started is told once, also if the caller leaves before
	 * it runs.
	 */
	private Flux<ChatEvent> started(RegisteredTool tool, ToolInvocation invocation, ToolCall call, Deadline deadline) {
		AtomicLong startedAt = new AtomicLong(now());
		AtomicBoolean told = new AtomicBoolean();
		this.listeners.onEvent(new ToolEvent.Started(this.loop, call.name()));
		Mono<ChatEvent> ended = Mono.defer(() -> {
			startedAt.set(now());
			return run(tool, invocation, deadline);
		}).handle((result, sink) -> {
			if (told.compareAndSet(false, true)) {
				sink.next(ended(invocation.round(), call, result, since(startedAt.get())));
			}
		});
		return Flux.concat(Mono.just(new ToolProgress.Started(invocation.round(), call)), ended).doFinally((signal) -> {
			if (told.compareAndSet(false, true)) {
				told(call.name(), Outcome.CANCELLED, since(startedAt.get()));
			}
		});
	}

	private Mono<Result> run(RegisteredTool tool, ToolInvocation invocation, Deadline deadline) {
		Mono<Result> result = Mono.defer(() -> begin(tool, invocation))
			.map(Result::of)
			.defaultIfEmpty(Result.of(""))
			.onErrorResume((error) -> Mono.just(Result.failed(error)));
		Duration own = tool.limits().timeout();
		if (own != null) {
			result = result.timeout(own,
					Mono.just(Result.failed(Outcome.TIMED_OUT, "the tool did not answer within " + own)),
					this.scheduler);
		}
		return result.timeout(passed(deadline), Mono.error(DeadlinePassedException::new));
	}

	/** When the deadline passes, which pauses of the consumer move. */
	private Mono<Void> passed(Deadline deadline) {
		return Mono.defer(() -> {
			long left = deadline.remainingNanos();
			Duration wait = (left <= 0) ? Duration.ZERO : Duration.ofNanos(Math.max(left, SHORTEST_WAIT));
			return Mono.delay(wait, this.scheduler);
		}).repeat(() -> deadline.remainingNanos() > 0).then();
	}

	private static Mono<String> begin(RegisteredTool tool, ToolInvocation invocation) {
		try {
			return tool.function().run(invocation);
		}
		catch (LinkageError ex) {
			// Reactor would throw it at the code that happens to run this.
			return Mono.error(new IllegalStateException(ex));
		}
	}

	private ChatEvent ended(int round, ToolCall call, Result result, Duration duration) {
		ToolExecution execution = new ToolExecution(round, call, result.outcome(), result.text(), duration);
		boolean known = result.outcome() != Outcome.UNKNOWN_TOOL;
		told(known ? call.name() : ToolEvent.UNKNOWN, result.outcome(), duration);
		return (result.outcome() == Outcome.SUCCEEDED) ? new ToolProgress.Finished(execution)
				: new ToolProgress.Failed(execution);
	}

	private void told(String tool, Outcome outcome, Duration duration) {
		this.listeners.onEvent((outcome == Outcome.SUCCEEDED) ? new ToolEvent.Finished(this.loop, tool, duration)
				: new ToolEvent.Failed(this.loop, tool, outcome, duration));
	}

	private Duration since(long startedAt) {
		return Duration.ofNanos(now() - startedAt);
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * The time of the loop is over while a tool runs.
	 */
	static final class DeadlinePassedException extends RuntimeException {

		DeadlinePassedException() {
			super("deadline", null, false, false);
		}

	}

	/**
	 * What the model is told.
	 *
	 * @param outcome how the tool ended
	 * @param text the result
	 */
	private record Result(Outcome outcome, String text) {

		static Result of(String text) {
			return new Result(Outcome.SUCCEEDED, text);
		}

		static Result failed(Outcome outcome, String why) {
			return new Result(outcome, "Error: " + why);
		}

		/** A message may hold secrets, unless it is meant for the model. */
		static Result failed(Throwable error) {
			String message = (error instanceof ToolException) ? error.getMessage() : null;
			return failed(Outcome.FAILED, (message != null) ? message : "the tool failed");
		}

	}

}
