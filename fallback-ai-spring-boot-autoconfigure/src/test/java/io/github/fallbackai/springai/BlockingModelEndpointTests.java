// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.concurrent.CountDownLatch;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chat models of Spring AI that keep their thread. The tests of Spring Boot 4 run this
 * class as it is, with Spring AI 2.
 */
class BlockingModelEndpointTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(ChatModelEndpointTests.Application.class)
		.withPropertyValues("fallback.ai.warm-up=false", "fallback.ai.state-store.type=memory",
				"fallback.ai.endpoints[0].name=stuck", "fallback.ai.endpoints[0].provider=spring-ai",
				"fallback.ai.endpoints[0].bean=first", "fallback.ai.endpoints[0].timeout.first-content=200ms",
				"fallback.ai.endpoints[1].name=healthy", "fallback.ai.endpoints[1].provider=spring-ai",
				"fallback.ai.endpoints[1].bean=second");

	private final CountDownLatch end = new CountDownLatch(1);

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
				ChatResponse response = context.getBean(AiFallbackTemplate.class).chat("What?").block();
				assertThat(response.endpoint()).isEqualTo("healthy");
				assertThat(response.attempts()).hasSize(2);
				assertThat(response.attempts().get(0).failure()).isEqualTo(FailureKind.TIMED_OUT);
			}
		});
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
