// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.event.DrillEvent;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DrillsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final String TEXT = "This is an answer of some length, so that it can break off.";

	private final ProviderSimulator primary = ProviderSimulator.create().start();

	private final ProviderSimulator backup = ProviderSimulator.create().start();

	private final List<FailoverEvent> events = new CopyOnWriteArrayList<>();

	private EndpointGates gates;

	private Drills drills;

	private AiFallbackTemplate ai;

	@BeforeEach
	void start() {
		this.primary.always(Outcome.answer(TEXT));
		List<Endpoint> endpoints = List.of(endpoint("primary", this.primary), endpoint("backup", this.backup));
		ImmediateCallListener listener = this.events::add;
		this.gates = EndpointGates.builder().endpoints(endpoints).listener(listener).build();
		this.drills = new Drills(endpoints, this.gates, listener);
		this.ai = AiFallbackTemplate.builder()
			.endpoint(endpoints.get(0))
			.endpoint(endpoints.get(1))
			.gates(this.gates)
			.drills(this.drills)
			.listeners(List.of(listener))
			.build();
	}

	@AfterEach
	void stop() {
		this.drills.close();
		this.ai.close();
		this.gates.close();
		this.primary.close();
		this.backup.close();
	}

	@ParameterizedTest
	@CsvSource({ "TOO_MANY_REQUESTS, RATE_LIMITED, 429", "SERVER_ERROR, SERVER_ERROR, 500" })
	void theEndpointRefusesWithoutBeingAsked(DrillFault fault, FailureKind kind, int status) {
		this.drills.begin("primary", Drill.of(fault).calls(1).build());
		ChatResponse answer = ask();
		assertThat(answer.endpoint()).isEqualTo("backup");
		Attempt failed = answer.attempts().get(0);
		assertThat(failed.failure()).isEqualTo(kind);
		assertThat(failed.httpStatus()).isEqualTo(status);
		assertThat(failed.providerCode()).isEqualTo("drill");
		assertThat(failed.cost().amount()).isEqualByComparingTo("0");
		assertThat(this.primary.requestCount()).isZero();
	}

	@Test
	void theEndpointHangsAndNothingIsCharged() {
		this.drills.begin("primary", Drill.of(DrillFault.HANG).calls(1).build());
		ChatRequest impatient = ChatRequest.builder()
			.user("Hello")
			.options(ChatOptions.builder()
				.allowedEndpoints(Set.of("primary"))
				.firstContent(Duration.ofMillis(200))
				.build())
			.build();
		assertThatExceptionOfType(AllEndpointsFailedException.class)
			.isThrownBy(() -> this.ai.chat(impatient).block(PATIENCE))
			.satisfies((exception) -> {
				Attempt hung = exception.attempts().get(0);
				assertThat(hung.failure()).isEqualTo(FailureKind.TIMED_OUT);
				assertThat(hung.cost().amount()).isEqualByComparingTo("0");
			});
		assertThat(this.primary.requestCount()).isZero();
		Awaitility.await().atMost(PATIENCE).until(() -> this.drills.running().isEmpty());
	}

	@Test
	void theAnswerBreaksOffAfterSomeText() {
		this.drills.begin("primary", Drill.of(DrillFault.CUT).calls(1).after(11).build());
		List<String> pieces = this.ai.streamText("Hello").collectList().block(PATIENCE);
		assertThat(String.join("", pieces)).startsWith("This is an ");
		assertThat(this.primary.requestCount()).isOne();
		assertThat(this.backup.requests().get(0).body().toString()).contains("This is an ")
			.doesNotContain("This is an answer");
	}

	@Test
	void anAnswerThatIsShorterBreaksOffAtItsEnd() {
		this.drills.begin("primary", Drill.of(DrillFault.CUT).calls(1).after(10_000).build());
		ChatResponse answer = ask();
		assertThat(answer.endpoint()).isEqualTo("backup");
		assertThat(answer.attempts().get(0).failure()).isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void endsAfterItsNumberOfRequests() {
		DrillStatus begun = this.drills.begin("primary", Drill.of(DrillFault.SERVER_ERROR).calls(2).build());
		assertThat(begun.callsLeft()).isEqualTo(2);
		assertThat(ask().endpoint()).isEqualTo("backup");
		assertThat(this.drills.running().get("primary").callsLeft()).isOne();
		assertThat(ask().endpoint()).isEqualTo("backup");
		assertThat(this.drills.running()).isEmpty();
		assertThat(ask().endpoint()).isEqualTo("primary");
		assertThat(this.events).contains(new DrillEvent.Began("primary", "500", Drill.LONGEST, 2, 1, null, null),
				new DrillEvent.Ended("primary", "500", 2, "its number of requests failed"));
	}

	@Test
	void endsAfterItsLength() {
		this.drills.begin("primary", Drill.of(DrillFault.SERVER_ERROR).length(Duration.ofMillis(300)).build());
		Awaitility.await().atMost(PATIENCE).until(() -> this.drills.running().isEmpty());
		assertThat(ask().endpoint()).isEqualTo("primary");
		assertThat(this.events).contains(new DrillEvent.Ended("primary", "500", 0, "its time is over"));
	}

	@Test
	void theOperatorEndsItAndNothingHangsAnyLonger() {
		this.drills.begin("backup", Drill.of(DrillFault.HANG).length(Drill.LONGEST).build());
		CompletableFuture<ChatResponse> call = this.ai
			.chat(ChatRequest.builder()
				.user("Hello")
				.options(ChatOptions.builder().allowedEndpoints(Set.of("backup")).build())
				.build())
			.toFuture();
		Awaitility.await().atMost(PATIENCE).until(() -> this.drills.running().get("backup").hits() == 1);
		assertThat(this.drills.end("backup")).isTrue();
		assertThat(call).failsWithin(PATIENCE);
		assertThat(this.drills.end("backup")).isFalse();
		assertThat(this.gates.gate(endpoint("backup", this.backup)).check().available()).isTrue();
	}

	@Test
	void failsOnlyCallsOfAUseCase() {
		this.drills.begin("primary", Drill.of(DrillFault.SERVER_ERROR).length(Drill.LONGEST).only("reports").build());
		assertThat(ask().endpoint()).isEqualTo("primary");
		ChatRequest report = ChatRequest.builder()
			.user("Hello")
			.options(ChatOptions.builder().useCase("reports").build())
			.build();
		assertThat(this.ai.chat(report).block(PATIENCE).endpoint()).isEqualTo("backup");
	}

	@Test
	void failsOnlyCallsWithAMark() {
		this.drills.begin("primary", Drill.of(DrillFault.SERVER_ERROR).length(Drill.LONGEST).only("rehearsal").build());
		assertThat(ask().endpoint()).isEqualTo("primary");
		assertThat(this.ai.chat("Hello").contextWrite(Drills.marked("other")).block(PATIENCE).endpoint())
			.isEqualTo("primary");
		assertThat(this.ai.chat("Hello").contextWrite(Drills.marked("rehearsal")).block(PATIENCE).endpoint())
			.isEqualTo("backup");
		assertThat(this.ai.streamText("Hello").contextWrite(Drills.marked("rehearsal")).collectList().block(PATIENCE))
			.isNotEmpty();
		assertThat(this.drills.running().get("primary").hits()).isEqualTo(2);
	}

	@Test
	void failsAShareOfCalls() {
		this.drills.begin("primary",
				Drill.of(DrillFault.SERVER_ERROR).length(Drill.LONGEST).share(Double.MIN_VALUE).build());
		assertThat(ask().endpoint()).isEqualTo("primary");
	}

	@Test
	void failuresOfADrillThatIsOverOpenNothing() {
		this.drills.begin("primary", Drill.of(DrillFault.SERVER_ERROR).calls(2).build());
		ask();
		ask();
		this.primary.next(Outcome.status(500));
		assertThat(ask().endpoint()).isEqualTo("backup");
		assertThat(ask().endpoint()).isEqualTo("primary");
	}

	@Test
	void aLaterDrillReplacesAnEarlierOne() {
		this.drills.begin("primary", Drill.of(DrillFault.SERVER_ERROR).length(Drill.LONGEST).build());
		for (int call = 0; call < 3; call++) {
			ask();
		}
		assertThat(this.ai.status().endpoint("primary").orElseThrow().available()).isFalse();
		this.drills.begin("primary", Drill.of(DrillFault.HANG).length(Duration.ofMinutes(1)).build());
		assertThat(this.drills.running().get("primary").drill().fault()).isEqualTo(DrillFault.HANG);
		assertThat(this.events).contains(new DrillEvent.Ended("primary", "500", 3, "another drill begins"));
	}

	@Test
	void doesNotBeginAtAnEndpointWithAFailureOfItsOwn() {
		this.primary.next(Outcome.status(429).withHeader("Retry-After", "300"));
		ask();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.drills.begin("primary", Drill.of(DrillFault.HANG).calls(1).build()))
			.withMessageContaining("primary");
		assertThat(this.drills.running()).isEmpty();
	}

	@Test
	void hasAnEndInAnyCase() {
		assertThatIllegalArgumentException().isThrownBy(() -> Drill.of(DrillFault.CUT).build())
			.withMessageContaining("without an end");
		assertThatIllegalArgumentException().isThrownBy(() -> Drill.of(DrillFault.CUT).length(Duration.ofMinutes(11)));
		assertThatIllegalArgumentException().isThrownBy(() -> Drill.of(DrillFault.CUT).length(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> Drill.of(DrillFault.CUT).calls(0));
		assertThatIllegalArgumentException().isThrownBy(() -> Drill.of(DrillFault.CUT).calls(10_001));
		assertThatIllegalArgumentException().isThrownBy(() -> Drill.of(DrillFault.CUT).share(Double.NaN));
		assertThat(Drill.of(DrillFault.CUT).calls(1).build().length()).isEqualTo(Drill.LONGEST);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.drills.begin("nobody", Drill.of(DrillFault.CUT).calls(1).build()))
			.withMessageContaining("primary, backup");
	}

	private ChatResponse ask() {
		return this.ai.chat("Hello").block(PATIENCE);
	}

	private static Endpoint endpoint(String name, ProviderSimulator server) {
		return Endpoint.named(name)
			.provider("openai")
			.url(URI.create(server.url()))
			.model("any")
			.limits(AttemptLimits.builder().firstContent(PATIENCE).build())
			.price(new Price(BigDecimal.TEN, BigDecimal.TEN, null))
			.build();
	}

}
