// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.function.Function;

import io.github.fallbackai.batch.BatchItem;
import io.github.fallbackai.batch.BatchOptions;
import io.github.fallbackai.chat.Answer;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.embedding.EmbeddingRequest;
import io.github.fallbackai.embedding.EmbeddingResponse;
import io.github.fallbackai.embedding.Embeddings;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.structured.StructuredOutput;
import io.github.fallbackai.tools.ToolExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks the first available endpoint of a chain and moves on to the next when it fails.
 *
 * <p>
 * Every returned publisher is cold: nothing is sent before subscription, and every
 * subscription is a call of its own. Cancelling a subscription closes the provider's
 * connection. A call that gets no answer fails with an
 * {@link io.github.fallbackai.failure.AiFallbackException}. Implementations are safe for
 * use by several threads.
 */
public interface AiFallbackOperations {

	/**
	 * Asks with a single user message.
	 * @param prompt the message
	 * @return the whole answer
	 */
	default Mono<ChatResponse> chat(String prompt) {
		return chat(ChatRequest.of(prompt));
	}

	/**
	 * Asks and waits for the whole answer. A provider's failure at any moment is
	 * invisible as long as another endpoint answers within the deadline.
	 * @param request what to ask
	 * @return the whole answer
	 */
	Mono<ChatResponse> chat(ChatRequest request);

	/**
	 * Asks with a single user message and streams the text of the answer.
	 * @param prompt the message
	 * @return the text, piece by piece
	 */
	default Flux<String> streamText(String prompt) {
		return streamText(ChatRequest.of(prompt));
	}

	/**
	 * Asks and streams the text of the answer. Text alone cannot say "begin again", so
	 * the stream never takes back what it emitted.
	 * @param request what to ask
	 * @return the text, piece by piece
	 */
	Flux<String> streamText(ChatRequest request);

	/**
	 * Asks and streams everything that happens: attempts, text, reasoning, tool calls,
	 * switches and at the end the whole answer.
	 * @param request what to ask
	 * @return the events; the last one is {@link ChatEvent.Completed}
	 */
	Flux<ChatEvent> stream(ChatRequest request);

	/**
	 * Turns texts into vectors. Only endpoints of one model group can answer, so vectors
	 * of another model never come back. Fails as {@link #chat(ChatRequest)} does; an
	 * answer without a vector for each text counts as
	 * {@link io.github.fallbackai.failure.FailureKind#REJECTED}.
	 * @param request the texts
	 * @return the vectors
	 */
	default Mono<EmbeddingResponse> embed(EmbeddingRequest request) {
		return chat(Embeddings.ask(request)).map(Embeddings::of);
	}

	/**
	 * Asks for an answer of a Java type. Its JSON schema goes to endpoints that follow
	 * schemas, and with the instructions to the others. An answer that cannot be read, or
	 * lacks a member, counts as
	 * {@link io.github.fallbackai.failure.FailureKind#REJECTED}, and the next endpoint is
	 * asked. All members are required but those of type {@code Optional} and those with
	 * an annotation {@code Nullable}.
	 * @param <T> the type
	 * @param request what to ask, without tools
	 * @param type a class with members, such as a record, that Jackson can read
	 * @return the value and the answer
	 * @throws IllegalArgumentException if the type's JSON is no object, if Jackson cannot
	 * read the type, or if the request offers tools
	 * @throws IllegalStateException if {@code com.github.victools:jsonschema-generator}
	 * and {@code com.github.victools:jsonschema-module-jackson} are not on the class path
	 */
	default <T> Mono<Answer<T>> chatAs(ChatRequest request, Class<T> type) {
		StructuredOutput<T> output = StructuredOutput.of(type);
		return chat(output.ask(request)).map(output::answer);
	}

	/**
	 * Asks once for each item, with {@link io.github.fallbackai.chat.Load#BATCH}, in the
	 * order in which the answers come. A failed call fails its item only.
	 * @param <I> the items' type
	 * @param items what to ask about
	 * @param request makes the request of an item
	 * @param concurrency how many calls run at a time; positive
	 * @return the results
	 */
	default <I> Flux<BatchItem<I>> chatAll(Flux<I> items, Function<? super I, ChatRequest> request, int concurrency) {
		return chatAll(items, request, BatchOptions.concurrency(concurrency));
	}

	/**
	 * Asks once for each item. A failed call fails its item only. No more items are
	 * taken, and no more answers held, than calls may run at a time. If the items fail,
	 * the results of the calls that run come before the error.
	 * @param <I> the items' type
	 * @param items what to ask about
	 * @param request makes the request of an item
	 * @param options order, concurrency, load, and who is told of the progress
	 * @return the results
	 */
	default <I> Flux<BatchItem<I>> chatAll(Flux<I> items, Function<? super I, ChatRequest> request,
			BatchOptions options) {
		return new Batch<I>(this, request, options).results(items);
	}

	/** The same operations for threads that may wait. */
	default BlockingAiFallback blocking() {
		return new BlockingAiFallback(this);
	}

	/**
	 * Asks, runs the tools that the model calls, tells it their results and asks again,
	 * until it answers. Each round is a call with all of the failover, and goes first to
	 * the endpoint that answered before. A tool runs when the answer that calls it is
	 * complete, and once: no switch, retry, hedge or continuation runs it again. Another
	 * subscription does. What goes wrong with a tool is told to the model. The deadline
	 * bounds all rounds and tools together. A tool choice that forces calls holds for the
	 * first round only. An answer that was refused or filtered is the last one, and its
	 * tools do not run.
	 * @param request what to ask; the tools that it has must be in the executor, and the
	 * executor's others are added
	 * @param tools runs the tools
	 * @param maxRounds how many answers the model may give, at least 1
	 * @return the last answer; usage, cost and attempts are those of all rounds, and its
	 * {@link ChatResponse#toMessages()} hold them too. If the model calls tools even in
	 * the last round, these do not run, and the call fails with a
	 * {@link io.github.fallbackai.chat.ToolRoundsExceededException}
	 * @throws UnsupportedOperationException if the implementation runs no tools
	 */
	default Mono<ChatResponse> chat(ChatRequest request, ToolExecutor tools, int maxRounds) {
		throw new UnsupportedOperationException("these operations run no tools");
	}

	/**
	 * Does the same and streams everything that happens: for each round what
	 * {@link #stream(ChatRequest)} streams except {@link ChatEvent.Completed}, and
	 * between rounds {@link io.github.fallbackai.chat.ToolProgress}. A call of a tool
	 * comes when its round is complete. If {@link ChatEvent.EndpointSwitched} says to
	 * discard, it means what came since the round began. The deadline bounds the time
	 * without progress of all rounds, that of the tools included.
	 * @param request what to ask
	 * @param tools runs the tools
	 * @param maxRounds how many answers the model may give, at least 1
	 * @return the events; the last one is {@link ChatEvent.Completed}
	 * @throws UnsupportedOperationException if the implementation runs no tools
	 */
	default Flux<ChatEvent> stream(ChatRequest request, ToolExecutor tools, int maxRounds) {
		throw new UnsupportedOperationException("these operations run no tools");
	}

	/**
	 * The same operations for calls to another chain than the default one. A request that
	 * names a chain itself still goes to that chain.
	 * @param name name of a configured chain
	 * @return the chain's operations
	 * @throws IllegalArgumentException if there is no such chain
	 */
	AiFallbackOperations chain(String name);

	/**
	 * Tells which endpoint the next call would use, and why it would not use the others.
	 * Calls no provider and has no side effect.
	 * @return the present state
	 */
	FallbackStatus status();

}
