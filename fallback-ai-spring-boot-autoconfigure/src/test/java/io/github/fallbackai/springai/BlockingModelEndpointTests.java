// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.failure.FailureKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chat models of Spring AI that keep their thread. The tests of Spring Boot 4 run this
 * class as it is, with Spring AI 2.
 */
@ExtendWith(OutputCaptureExtension.class)
class BlockingModelEndpointTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(ChatModelEndpointTests.Application.class)
		.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.state-store.type=memory",
				"fallback.ai.endpoints[0].name=stuck", "fallback.ai.endpoints[0].provider=spring-ai",
				"fallback.ai.endpoints[0].bean=first", "fallback.ai.endpoints[0].timeout.first-content=200ms",
				"fallback.ai.endpoints[1].name=healthy", "fallback.ai.endpoints[1].provider=spring-ai",
				"fallback.ai.endpoints[1].bean=second");

	private final CountDownLatch end = new CountDownLatch(1);

	private volatile CountDownLatch awake = new CountDownLatch(1);

	private volatile Thread asked;

	@AfterEach
	void release() {
		this.end.countDown();
	}

	/** Like a read of a socket in a client that no interrupt wakes. */
	@Test
	void aModelThatIgnoresInterruptsHoldsUpNoOtherOne() {
		this.runner.run((context) -> {
			ChatModelEndpointTests.Model stuck = context.getBean("first", ChatModelEndpointTests.Model.class);
			stuck.stream = (prompt) -> Flux.generate((sink) -> {
				waitForTheEnd();
				sink.complete();
			});
			for (int i = 0; i < 3; i++) {
				io.github.fallbackai.chat.ChatResponse response = context.getBean(AiFallbackTemplate.class)
					.chat("What?")
					.block();
				assertThat(response.endpoint()).isEqualTo("healthy");
				assertThat(response.attempts()).hasSize(2);
				assertThat(response.attempts().get(0).failure()).isEqualTo(FailureKind.TIMED_OUT);
			}
		});
	}

	/** Its words may be those of the prompt. */
	@Test
	void whatAModelSaysAboutItsInterruptIsNotLogged(CapturedOutput output) {
		this.runner.withPropertyValues("fallback.ai.endpoints[0].timeout.first-content=1m").run((context) -> {
			ChatModelEndpointTests.Model model = context.getBean("first", ChatModelEndpointTests.Model.class);
			model.stream = (prompt) -> Flux.generate((sink) -> sink.next(interrupted()));
			interrupt(context);
			// As operators do with an error that comes too late.
			model.stream = (prompt) -> Flux.create((sink) -> {
				try {
					sink.next(interrupted());
				}
				catch (IllegalStateException ex) {
					Operators.onErrorDropped(ex, Context.of(sink.contextView()));
				}
			});
			interrupt(context);
			model.stream = null;
			model.call = (prompt) -> interrupted();
			interrupt(context);
		});
		assertThat(output).contains("Fallback chain").doesNotContain("the prompt was");
	}

	private void interrupt(ApplicationContext context) {
		this.asked = null;
		Disposable call = context.getBean(AiFallbackTemplate.class).chat("What?").subscribe();
		Awaitility.await().atMost(PATIENCE).until(() -> this.asked != null);
		Thread thread = this.asked;
		this.awake = new CountDownLatch(1);
		call.dispose();
		Awaitility.await().atMost(PATIENCE).until(() -> this.awake.getCount() == 0);
		// It is done when it waits for the next call.
		Awaitility.await().atMost(PATIENCE).until(() -> thread.getState() == Thread.State.TIMED_WAITING);
	}

	private ChatResponse interrupted() {
		this.asked = Thread.currentThread();
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			this.awake.countDown();
		}
		throw new IllegalStateException("interrupted, and the prompt was secret");
	}

	private void waitForTheEnd() {
		boolean ended = false;
		while (!ended) {
			try {
				this.end.await();
				ended = true;
			}
			catch (InterruptedException ex) {
				// Goes on, as such a read does.
			}
		}
	}

}
