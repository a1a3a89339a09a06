// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.spring.SimulatedEndpoints;
import io.github.fallbackai.test.spring.Simulator;
import io.github.fallbackai.test.time.VirtualTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What takes seconds, minutes or days by the shipped limits, in an application whose test
 * moves the time.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].url=https://llm.example.com", "fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].model=small", "fallback.ai.endpoints[1].url=https://llm.example.org",
				"fallback.ai.endpoints[2].name=limited", "fallback.ai.endpoints[2].model=medium",
				"fallback.ai.endpoints[2].url=https://llm.example.net", "fallback.ai.endpoints[2].price.input=1",
				"fallback.ai.endpoints[2].price.output=1", "fallback.ai.endpoints[2].spend-limit.amount=10",
				"fallback.ai.endpoints[2].spend-limit.period=1d", "fallback.ai.chains.default.endpoints=primary,backup",
				"fallback.ai.chains.limited.endpoints=limited,backup", "fallback.ai.default-chain=default" })
@SimulatedEndpoints(virtualTime = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VirtualTimeTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@Autowired
	private AiFallbackTemplate ai;

	@Autowired
	private VirtualTime time;

	@Simulator
	private ProviderSimulator primary;

	@Simulator
	private ProviderSimulator backup;

	@Test
	void aHangEndsWhenTheLimitPasses() throws Exception {
		this.primary.next(Outcome.healthy().hangBeforeHeaders());
		CompletableFuture<ChatResponse> answer = asked(ChatRequest.of("Hello"));

		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.backup.requestCount()).isZero();
		this.time.advance(Duration.ofSeconds(10));

		assertThat(get(answer).endpoint()).isEqualTo("backup");
		assertThat(get(answer).attempts().get(0).failure()).isEqualTo(FailureKind.TIMED_OUT);
		assertThat(get(answer).attempts().get(0).duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
	}

	@Test
	void aDeadlineEndsTheCall() {
		this.primary.always(Outcome.healthy().hangBeforeHeaders());
		this.backup.always(Outcome.healthy().hangBeforeHeaders());
		CompletableFuture<ChatResponse> answer = asked(ChatRequest.of("Hello")
			.toBuilder()
			.options(ChatOptions.DEFAULTS.withDeadline(Duration.ofSeconds(20)))
			.build());

		this.time.advance(Duration.ofSeconds(8));
		assertThat(answer).isNotDone();
		this.time.advance(Duration.ofSeconds(12));

		assertThatThrownBy(() -> get(answer)).rootCause()
			.isInstanceOfSatisfying(AiFallbackException.class,
					(failure) -> assertThat(failure.attempts().get(1).duration()).isLessThan(Duration.ofSeconds(12)));
	}

	@Test
	void aCoolDownEnds() {
		this.primary.next(Outcome.status(429).withHeader("Retry-After", "60"));
		assertThat(chat().endpoint()).isEqualTo("backup");

		this.time.advance(Duration.ofSeconds(40));
		assertThat(chat().endpoint()).isEqualTo("backup");
		assertThat(this.primary.requestCount()).isOne();

		this.time.advance(Duration.ofSeconds(27));
		assertThat(chat().endpoint()).isEqualTo("primary");
	}

	@Test
	void anOpenBreakerIsProbed() {
		openBreaker();
		this.time.advance(Duration.ofSeconds(11));

		Awaitility.await().atMost(PATIENCE).until(() -> status("primary").available());
		assertThat(chat().endpoint()).isEqualTo("primary");
	}

	@Test
	void aSlowAnswerComes() throws Exception {
		this.primary.next(Outcome.healthy().firstTokenAfter(Duration.ofSeconds(2)));
		CompletableFuture<ChatResponse> answer = asked(ChatRequest.of("Hello"));

		// The simulator's pause begins at some moment after the request arrived.
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
			this.time.advance(Duration.ofMillis(100));
			return answer.isDone();
		});

		assertThat(get(answer).endpoint()).isEqualTo("primary");
		assertThat(get(answer).attempts().get(0).timeToFirstContent()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aBudgetIsRenewed(@Autowired EndpointBudgets budgets, @Autowired FallbackSetup setup) {
		assertThat(limited().endpoint()).isEqualTo("limited");
		budgets.budget(setup.onlyEndpoints().get(2)).tryReserve(0, 0).settle(BigDecimal.TEN);
		assertThat(limited().endpoint()).isEqualTo("backup");

		this.time.advance(Duration.ofDays(1));

		assertThat(limited().endpoint()).isEqualTo("limited");
	}

	@Test
	@Order(1)
	void oneTestLeavesAnOpenBreakerAndAnOperatorsDecision(@Autowired EndpointControl control) {
		openBreaker();
		control.disable("backup", null, "of this test").block(PATIENCE);
		assertThat(status("backup").available()).isFalse();
	}

	@Test
	@Order(2)
	void theNextBeginsAfresh() {
		assertThat(status("backup").available()).isTrue();
		assertThat(chat().endpoint()).isEqualTo("primary");
	}

	private void openBreaker() {
		this.primary.next(Outcome.status(500), Outcome.status(500), Outcome.status(500));
		for (int i = 0; i < 4; i++) {
			assertThat(chat().endpoint()).isEqualTo("backup");
		}
		assertThat(this.primary.requestCount()).isEqualTo(3);
		assertThat(status("primary").circuitBreaker()).isEqualTo("OPEN");
	}

	private CompletableFuture<ChatResponse> asked(ChatRequest request) {
		CompletableFuture<ChatResponse> answer = this.ai.chat(request).toFuture();
		this.primary.awaitRequests(1, PATIENCE);
		return answer;
	}

	private ChatResponse chat() {
		return this.ai.chat("Hello").block(PATIENCE);
	}

	private ChatResponse limited() {
		return this.ai.chain("limited").chat("Hello").block(PATIENCE);
	}

	private EndpointStatus status(String endpoint) {
		return this.ai.status().endpoint(endpoint).orElseThrow();
	}

	private static ChatResponse get(CompletableFuture<ChatResponse> answer) throws Exception {
		return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(FallbackAiAutoConfiguration.class)
	static class Application {

	}

}
