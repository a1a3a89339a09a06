// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.chat.ToolRoundsExceededException;
import io.github.fallbackai.engine.Delivery;
import io.github.fallbackai.engine.FailoverEngine;
import io.github.fallbackai.engine.timing.Deadline;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.DeadlineExceededException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.StreamInterruptedException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One loop: the model is asked, its tools run, and it is asked again with their results.
 * Each round is a call of its own, with all of the failover. Tools run only when the
 * answer that calls them is complete: an attempt that fails, loses a race or is continued
 * elsewhere never runs one.
 */
final class ToolLoop {

	/** An answer that ends like this is the last one, whatever it calls. */
	private static final Set<FinishReason> WITHDRAWN = EnumSet.of(FinishReason.CONTENT_FILTER, FinishReason.REFUSAL);

	private final FailoverEngine engine;

	private final Delivery delivery;

	private final int maxRounds;

	private final ToolRun run;

	private final Rounds rounds = new Rounds();

	private volatile @Nullable ChatRequest next;

	private volatile @Nullable Deadline deadline;

	private volatile @Nullable ChatResponse answer;

	ToolLoop(FailoverEngine engine, Delivery delivery, int maxRounds, ToolRun run) {
		this.engine = engine;
		this.delivery = delivery;
		this.maxRounds = maxRounds;
		this.run = run;
	}

	Flux<ChatEvent> events(ChatRequest first) {
		this.next = first;
		this.deadline = this.engine.deadline(first, this.delivery);
		return Flux.defer(this::round).repeat(() -> this.next != null);
	}

	private Flux<ChatEvent> round() {
		ChatRequest request = this.next;
		Deadline latest = this.deadline;
		this.next = null;
		this.answer = null;
		if (request == null || latest == null) {
			return Flux.empty();
		}
		// A new one, because the consumer may be in a pause that the former one is told
		// of.
		Deadline left = latest.continued();
		Flux<ChatEvent> asked = this.engine.call(request, this.delivery, left, this.rounds.endpoint())
			.handle((event, sink) -> {
				if (event instanceof ChatEvent.Completed completed) {
					this.answer = completed.response();
				}
				else {
					sink.next(event);
				}
			});
		return Flux.concat(asked, Flux.defer(() -> answered(request, left)));
	}

	/** There is no answer if the caller left just before it. */
	private Flux<ChatEvent> answered(ChatRequest request, Deadline left) {
		ChatResponse response = this.answer;
		if (response == null) {
			return Flux.empty();
		}
		if (response.toolCalls().isEmpty() || WITHDRAWN.contains(response.finishReason())) {
			return Flux.just(new ChatEvent.Completed(this.rounds.complete(response)));
		}
		AssistantMessage message = ExecutionLedger.distinct(response.toMessage());
		ChatResponse called = response.toBuilder().message(message).build();
		if (this.rounds.number() == this.maxRounds) {
			return Flux.error(new ToolRoundsExceededException(this.maxRounds, this.rounds.complete(called)));
		}
		Deadline rest = left.continued();
		Flux<ChatEvent> tools = Flux.concat(ready(called.toolCalls()),
				this.run.all(this.rounds.number(), called.toolCalls(), rest),
				Flux.defer(() -> ended(request, called, rest)));
		return this.engine.watched(tools, rest, () -> stalled(called))
			.onErrorMap(ToolRun.DeadlinePassedException.class, (error) -> passed(called, left));
	}

	private static Flux<ChatEvent> ready(List<ToolCall> calls) {
		return Flux.fromIterable(calls).map(ChatEvent.ToolCallReady::new);
	}

	private Flux<ChatEvent> ended(ChatRequest request, ChatResponse called, Deadline rest) {
		ToolProgress.RoundEnded ended = new ToolProgress.RoundEnded(this.rounds.number(), called, this.run.results());
		this.rounds.ended(ended);
		ToolChoice choice = request.toolChoice();
		// A model that has to call a tool in every round would never answer.
		boolean forced = choice != null && choice.mode() != ToolChoice.Mode.AUTO
				&& choice.mode() != ToolChoice.Mode.NONE;
		this.next = request.continueWith(called, ended.results())
			.toBuilder()
			.toolChoice(forced ? null : choice)
			.build();
		this.deadline = rest;
		return Flux.just(ended);
	}

	private DeadlineExceededException passed(ChatResponse called, Deadline left) {
		return new DeadlineExceededException(left.limit(), record(called));
	}

	/** The consumer takes nothing for too long, so its tools do not run on. */
	private StreamInterruptedException stalled(ChatResponse called) {
		return new StreamInterruptedException(Failure.of(FailureKind.LOCAL).build(), called.text(), record(called));
	}

	private CallRecord record(ChatResponse called) {
		ChatResponse all = this.rounds.complete(called);
		return new CallRecord(all.chain(), all.attempts(), List.of());
	}

}
