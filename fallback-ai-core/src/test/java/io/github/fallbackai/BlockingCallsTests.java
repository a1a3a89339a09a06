// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import io.github.fallbackai.tools.ToolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Calls of threads that wait, over sockets. On a JDK that has virtual threads, they wait
 * too.
 */
public class BlockingCallsTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private final ProviderSimulator primary = ProviderSimulator.create().start();

	private final ProviderSimulator backup = ProviderSimulator.create().start();

	private final AiFallbackTemplate template = AiFallbackTemplate.builder()
		.endpoint(endpoint("primary", this.primary))
		.endpoint(endpoint("backup", this.backup))
		.build();

	private final BlockingAiFallback ai = this.template.blocking();

	@AfterEach
	void stop() {
		this.template.close();
		this.primary.close();
		this.backup.close();
	}

	static List<ThreadKind> threads() {
		return Arrays.stream(ThreadKind.values()).filter(ThreadKind::available).toList();
	}

	@ParameterizedTest
	@MethodSource("threads")
	void answerAsAWholeAndInPieces(ThreadKind threads) throws Exception {
		this.primary.always(Outcome.answer("Hello, dear world.").cutAfterTokens(1));
		this.backup.always(Outcome.answer("Hello, dear world."));
		List<String> answers = new ArrayList<>();
		threads.start(() -> {
			answers.add(this.ai.chat("Hi").text());
			try (Stream<String> text = this.ai.chain("default").streamText("Hi")) {
				answers.add(text.collect(Collectors.joining()));
			}
			try (Stream<ChatEvent> events = this.ai.stream(ChatRequest.of("Hi"))) {
				answers.add(events.reduce((first, last) -> last).orElseThrow().type().toString());
			}
		}).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		assertThat(answers).startsWith("Hello, dear world.", "Hello, dear world.").hasSize(3);
	}

	@Test
	void runTools() throws Exception {
		ToolDefinition time = new ToolDefinition("time", "The time", "{\"type\":\"object\",\"properties\":{}}");
		ToolExecutor tools = ToolExecutor.builder().tool(time, (invocation) -> Mono.just("noon")).build();
		Outcome call = Outcome.answer(Answer.toolCalls(new ToolCall("c1", "time", "{}")));
		for (int i = 0; i < 2; i++) {
			this.primary.next(call);
			this.primary.next(Outcome.answer("It is noon."));
		}
		ChatRequest request = ChatRequest.of("What time is it?");
		List<String> answers = new ArrayList<>();
		ThreadKind.PLATFORM.start(() -> {
			answers.add(this.ai.chat(request, tools, 2).text());
			try (Stream<ChatEvent> events = this.ai.stream(request, tools, 2)) {
				events.forEach((event) -> answers.add(event.type().toString()));
			}
		}).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		assertThat(answers).startsWith("It is noon.").endsWith(ChatEvent.Type.COMPLETED.toString());
		assertThat(this.primary.requests().get(3).body().toString()).contains("noon");
	}

	@Test
	void throwWhatTheCallFailsWithAndTellWhoCalled() {
		this.primary.always(Outcome.status(500));
		this.backup.always(Outcome.status(500));
		assertThatExceptionOfType(AllEndpointsFailedException.class).isThrownBy(() -> this.ai.chat("Hi"))
			.satisfies((error) -> assertThat(error.getSuppressed()[0].getStackTrace())
				.anyMatch((frame) -> frame.getClassName().equals(BlockingCallsTests.class.getName())));
		try (Stream<String> text = this.ai.streamText("Hi")) {
			assertThatExceptionOfType(AllEndpointsFailedException.class).isThrownBy(text::toList);
		}
	}

	@Test
	void areRefusedToThreadsThatMustNotBlock() {
		List<Consumer<BlockingAiFallback>> calls = List.of((ai) -> ai.chat("Hi"), (ai) -> ai.streamText("Hi"),
				(ai) -> ai.stream(ChatRequest.of("Hi")));
		for (Consumer<BlockingAiFallback> call : calls) {
			assertThatIllegalStateException().isThrownBy(
					() -> Mono.fromRunnable(() -> call.accept(this.ai)).subscribeOn(Schedulers.parallel()).block(LIMIT))
				.withMessageContaining("must not block");
		}
		try (Stream<String> text = this.ai.streamText("Hi")) {
			Iterator<String> pieces = text.iterator();
			assertThatIllegalStateException()
				.isThrownBy(() -> Mono.fromCallable(pieces::hasNext).subscribeOn(Schedulers.parallel()).block(LIMIT));
		}
		assertThat(this.primary.requestCount()).isZero();
	}

	@ParameterizedTest
	@MethodSource("threads")
	void endWithTheThreadsInterruptionAndCloseTheConnection(ThreadKind threads) {
		this.primary.always(Outcome.answer("Hello, dear world.").hangAfterTokens(1));
		List<Runnable> calls = List.of(() -> this.ai.chat("Hi"), () -> this.ai.streamText("Hi").forEach((piece) -> {
		}));
		for (int call = 0; call < calls.size(); call++) {
			AtomicBoolean interrupted = new AtomicBoolean();
			Runnable blocking = calls.get(call);
			ThreadKind.Running running = threads.start(() -> {
				try {
					blocking.run();
				}
				finally {
					interrupted.set(Thread.currentThread().isInterrupted());
				}
			});
			this.primary.awaitRequests(call + 1, LIMIT);
			running.thread().interrupt();
			assertThat(running.result()).failsWithin(LIMIT)
				.withThrowableThat()
				.havingRootCause()
				.isInstanceOf(InterruptedException.class);
			assertThat(running.error()).isInstanceOf(CancellationException.class);
			assertThat(interrupted).isTrue();
			assertThat(this.primary.requests().get(call).awaitEnding(LIMIT)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
		}
		assertThat(this.backup.requestCount()).isZero();
	}

	@Test
	void endWithTheirStream() {
		this.primary.always(Outcome.answer("Hello, dear world.").hangAfterTokens(1));
		try (Stream<String> text = this.ai.streamText("Hi")) {
			assertThat(text.iterator().next()).isNotEmpty();
		}
		assertThat(this.primary.requests().get(0).awaitEnding(LIMIT)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
		assertThat(this.backup.requestCount()).isZero();
	}

	private static Endpoint endpoint(String name, ProviderSimulator server) {
		return Endpoint.named(name).provider("openai").url(URI.create(server.url())).model("any").build();
	}

	/** The kinds of threads that may wait. */
	enum ThreadKind {

		PLATFORM, VIRTUAL;

		boolean available() {
			return this == PLATFORM || Runtime.version().feature() >= 21;
		}

		Running start(Runnable work) {
			CompletableFuture<Void> result = new CompletableFuture<>();
			Runnable reporting = () -> {
				try {
					work.run();
					result.complete(null);
				}
				catch (Throwable ex) {
					result.completeExceptionally(ex);
				}
			};
			return new Running((this == PLATFORM) ? platform(reporting) : virtual(reporting), result);
		}

		private static Thread platform(Runnable work) {
			Thread thread = new Thread(work);
			thread.start();
			return thread;
		}

		private static Thread virtual(Runnable work) {
			try {
				Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
				return (Thread) start.invoke(null, work);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		}

		/**
		 * A thread that runs.
		 *
		 * @param thread the thread
		 * @param result how it ends
		 */
		record Running(Thread thread, CompletableFuture<Void> result) {

			void get(long timeout, TimeUnit unit) throws Exception {
				this.result.get(timeout, unit);
			}

			Throwable error() {
				return this.result.handle((nothing, error) -> error).join();
			}

		}

	}

}
