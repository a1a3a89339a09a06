// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolResultMessage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls of one application's template.
 */
final class DirectCalls {

	private static final ToolDefinition TOOL = new ToolDefinition(Question.TOOL, "Looks something up",
			"{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"integer\"}}}");

	private final AiFallbackTemplate template;

	private final LongAdder begun = new LongAdder();

	DirectCalls(AiFallbackTemplate template) {
		this.template = template;
	}

	/** How many calls were subscribed to. */
	long begun() {
		return this.begun.sum();
	}

	/**
	 * Makes a call.
	 * @return the text of its answer, in pieces
	 */
	Flux<Piece> call(CallForm form, Question question, Dice dice) {
		ChatRequest request = request(form, question, dice);
		return switch (form) {
			case WHOLE, HEDGED_WHOLE, BATCH -> whole(request).flux().map((response) -> Piece.of(response.text()));
			case EVENTS, RESTARTED -> events(request);
			case TOOLS -> tools(request, question);
			default -> text(request);
		};
	}

	private static ChatRequest request(CallForm form, Question question, Dice dice) {
		ChatOptions.Builder options = ChatOptions.builder().chain(form.chain());
		switch (form) {
			case RESTARTED -> options.streamRecovery(StreamRecovery.RESTART);
			case UNRECOVERED -> options.streamRecovery(StreamRecovery.FAIL);
			case BATCH -> options.load(Load.BATCH);
			case DEADLINE, WAITING_DEADLINE -> options.deadline(Duration.ofMillis(1 + dice.below(2000)));
			case SHARED -> options.useCase("use-" + question.number() % 5);
			default -> {
			}
		}
		var request = ChatRequest.builder().user(question.prompt()).options(options.build());
		if (form == CallForm.TOOLS) {
			request.tool(TOOL);
		}
		if (dice.oneIn(4)) {
			request.conversation("conversation-" + question.number() % 100);
		}
		return request.build();
	}

	private Mono<ChatResponse> whole(ChatRequest request) {
		return Mono.defer(() -> {
			this.begun.increment();
			return this.template.chat(request);
		});
	}

	private Flux<Piece> text(ChatRequest request) {
		return Flux.defer(() -> {
			this.begun.increment();
			return this.template.streamText(request);
		}).map(Piece::of);
	}

	private Flux<Piece> events(ChatRequest request) {
		return Flux.defer(() -> {
			this.begun.increment();
			return this.template.stream(request);
		}).map(DirectCalls::piece);
	}

	private static Piece piece(ChatEvent event) {
		if (event instanceof ChatEvent.ContentDelta delta) {
			return Piece.of(delta.text());
		}
		if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
			return Piece.DISCARD;
		}
		return (event instanceof ChatEvent.Completed completed) ? Piece.end(completed.response().text()) : Piece.of("");
	}

	private Flux<Piece> tools(ChatRequest request, Question question) {
		return whole(request).flatMapMany((response) -> {
			List<ToolCall> calls = response.toolCalls();
			if (calls.size() != 1 || !calls.get(0).arguments().equals(question.toolArguments())) {
				return Flux.just(Piece.of("wrong tool calls: " + calls.stream().map(ToolCall::arguments).toList()));
			}
			return text(request.continueWith(response,
					List.of(new ToolResultMessage(calls.get(0).id(), question.toolResult()))));
		});
	}

}
