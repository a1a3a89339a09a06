// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.github.fallbackai.chat.Answer;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.embedding.EmbeddingRequest;
import io.github.fallbackai.embedding.EmbeddingResponse;
import io.github.fallbackai.tools.ToolExecutor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The operations for threads that may wait, such as those of Spring MVC and virtual
 * threads. A call on a thread that must not block, such as one of an event loop, fails
 * with {@link IllegalStateException}. If the waiting thread is interrupted, the call ends
 * with {@link CancellationException}, the thread stays interrupted, and the provider's
 * connection is closed. A call that gets no answer throws an
 * {@link io.github.fallbackai.failure.AiFallbackException}. Safe for use by several
 * threads.
 */
public final class BlockingAiFallback {

	private final AiFallbackOperations operations;

	BlockingAiFallback(AiFallbackOperations operations) {
		this.operations = operations;
	}

	/** Asks with a single user message, and waits for the whole answer. */
	public ChatResponse chat(String prompt) {
		return await(this.operations.chat(prompt));
	}

	/** Asks, and waits for the whole answer. */
	public ChatResponse chat(ChatRequest request) {
		return await(this.operations.chat(request));
	}

	/**
	 * Asks, runs the tools that the model calls, and waits for the last answer, see
	 * {@link AiFallbackOperations#chat(ChatRequest, ToolExecutor, int)}.
	 */
	public ChatResponse chat(ChatRequest request, ToolExecutor tools, int maxRounds) {
		return await(this.operations.chat(request, tools, maxRounds));
	}

	/**
	 * Turns texts into vectors, see {@link AiFallbackOperations#embed(EmbeddingRequest)},
	 * and waits for them.
	 */
	public EmbeddingResponse embed(EmbeddingRequest request) {
		return await(this.operations.embed(request));
	}

	/**
	 * Asks for an answer of a Java type, see
	 * {@link AiFallbackOperations#chatAs(ChatRequest, Class)}, and waits for it.
	 */
	public <T> Answer<T> chatAs(ChatRequest request, Class<T> type) {
		return await(this.operations.chatAs(request, type));
	}

	/** Asks with a single user message and streams the text, as below. */
	public Stream<String> streamText(String prompt) {
		return streamText(ChatRequest.of(prompt));
	}

	/**
	 * Asks and streams the text of the answer. The request is sent when the stream is
	 * read. Close the stream, for example with {@code try}: that ends the call unless it
	 * is complete.
	 * @param request what to ask
	 * @return the text, piece by piece
	 */
	public Stream<String> streamText(ChatRequest request) {
		requireBlocking();
		return new BlockingStream<>(this.operations.streamText(request)).stream();
	}

	/**
	 * Asks and streams everything that happens. The request is sent when the stream is
	 * read. Close the stream, for example with {@code try}: that ends the call unless it
	 * is complete.
	 * @param request what to ask
	 * @return the events; the last one is {@link ChatEvent.Completed}
	 */
	public Stream<ChatEvent> stream(ChatRequest request) {
		requireBlocking();
		return new BlockingStream<>(this.operations.stream(request)).stream();
	}

	/**
	 * Runs the tools that the model calls and streams everything that happens, see
	 * {@link AiFallbackOperations#stream(ChatRequest, ToolExecutor, int)}. The request is
	 * sent when the stream is read. Close the stream, for example with {@code try}: that
	 * ends the call unless it is complete.
	 */
	public Stream<ChatEvent> stream(ChatRequest request, ToolExecutor tools, int maxRounds) {
		requireBlocking();
		return new BlockingStream<>(this.operations.stream(request, tools, maxRounds)).stream();
	}

	/**
	 * The same for calls to another chain, see {@link AiFallbackOperations#chain}.
	 */
	public BlockingAiFallback chain(String name) {
		return new BlockingAiFallback(this.operations.chain(name));
	}

	private static <T> T await(Mono<T> answer) {
		requireBlocking();
		CompletableFuture<T> future = answer.contextCapture().toFuture();
		try {
			return future.get();
		}
		catch (InterruptedException ex) {
			future.cancel(true);
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw failure((cause != null) ? cause : ex);
		}
	}

	static CancellationException interrupted(Throwable cause) {
		Thread.currentThread().interrupt();
		CancellationException exception = new CancellationException("The thread was interrupted while it waited");
		exception.initCause(cause);
		return exception;
	}

	private static RuntimeException failure(Throwable error) {
		if (error instanceof Error fatal) {
			throw fatal;
		}
		// Otherwise the stack would not tell who called.
		error.addSuppressed(new Exception("The call was made here"));
		return (error instanceof RuntimeException exception) ? exception : new IllegalStateException(error);
	}

	static void requireBlocking() {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException("The thread " + Thread.currentThread().getName()
					+ " must not block. Return the Mono or Flux of AiFallbackOperations instead of blocking()");
		}
	}

}
