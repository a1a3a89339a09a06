// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnErrorEvent;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.event.TimeLimiterEvent;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RegistrationTests {

	private final GateFixture fixture = new GateFixture();

	private final Endpoint endpoint = GateFixture.endpoint("primary");

	@Test
	void registersBreakerAndTimeLimiterBeforeFirstUse() {
		this.fixture.gate(this.endpoint);
		CircuitBreakerConfig config = this.fixture.breaker("primary").getCircuitBreakerConfig();

		assertThat(config.getSlidingWindowSize()).isEqualTo(20);
		assertThat(config.getMinimumNumberOfCalls()).isEqualTo(10);
		assertThat(config.getFailureRateThreshold()).isEqualTo(50);
		assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isOne();
		assertThat(config.getWaitIntervalFunctionInOpenState().apply(2)).isEqualTo(30_000);
		assertThat(this.fixture.timeLimiters.find("primary").orElseThrow().getTimeLimiterConfig().getTimeoutDuration())
			.isEqualTo(AttemptLimits.DEFAULTS.total());
	}

	@Test
	void replacesInstancesThatWereCreatedEagerly() {
		CircuitBreaker eager = this.fixture.circuitBreakers.circuitBreaker("primary", Map.of("group", "eager"));
		this.fixture.timeLimiters.timeLimiter("primary");
		List<CircuitBreaker> replaced = new ArrayList<>();
		this.fixture.circuitBreakers.getEventPublisher().onEntryReplaced((event) -> replaced.add(event.getOldEntry()));
		EndpointGate gate = this.fixture.gate(this.endpoint);
		GateFixture.open(gate);

		assertThat(replaced).containsExactly(eager);
		assertThat(this.fixture.breaker("primary").getState()).isEqualTo(CircuitBreaker.State.OPEN);
		assertThat(this.fixture.breaker("primary").getTags()).isEmpty();
		assertThat(gate.totalLimit()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void whatIsLaidOverTheConfigurationTakesEffect() {
		EndpointGate gate = this.fixture.builder(this.endpoint)
			.circuitBreakerConfig(
					(endpoint) -> CircuitBreakerConfig.from(EndpointGates.circuitBreakerConfig(endpoint.breaker()))
						.waitDurationInOpenState(Duration.ofSeconds(7))
						.permittedNumberOfCallsInHalfOpenState(2)
						.build())
			.timeLimiterConfig((endpoint) -> TimeLimiterConfig.custom().timeoutDuration(GateFixture.SECOND).build())
			.build()
			.gate(this.endpoint);
		GateFixture.open(gate);
		assertThat(gate.totalLimit()).isEqualTo(GateFixture.SECOND);
		assertThat(gate.check().remaining()).isEqualTo(Duration.ofSeconds(7));
		this.fixture.pass(Duration.ofSeconds(7));
		GateFixture.enter(gate);

		assertThat(gate.tryEnter()).isNotNull();
		assertThat(gate.tryEnter()).isNull();
	}

	@Test
	void rulesOnExceptionsCannotTurnAFailedProbeIntoASuccess() {
		EndpointGate gate = this.fixture.builder(this.endpoint)
			.circuitBreakerConfig((endpoint) -> CircuitBreakerConfig.custom()
				.recordExceptions(IOException.class)
				.ignoreExceptions(RuntimeException.class)
				.automaticTransitionFromOpenToHalfOpenEnabled(true)
				.maxWaitDurationInHalfOpenState(GateFixture.SECOND)
				.build())
			.build()
			.gate(this.endpoint);
		GateFixture.open(gate);
		this.fixture.pass(Duration.ofSeconds(60));
		GateFixture.enter(gate).failed(GateFixture.failure(FailureKind.SERVER_ERROR));
		CircuitBreakerConfig config = this.fixture.breaker("primary").getCircuitBreakerConfig();

		assertThat(this.fixture.breaker("primary").getMetrics().getNumberOfFailedCalls()).isOne();
		assertThat(config.isAutomaticTransitionFromOpenToHalfOpenEnabled()).isFalse();
		assertThat(config.getMaxWaitDurationInHalfOpenState()).isZero();
	}

	@Test
	void startsInTheStateThatTheConfigurationAsksFor() {
		EndpointGate gate = this.fixture.builder(this.endpoint)
			.circuitBreakerConfig(
					(endpoint) -> CircuitBreakerConfig.from(EndpointGates.circuitBreakerConfig(endpoint.breaker()))
						.initialState(CircuitBreaker.State.FORCED_OPEN)
						.build())
			.build()
			.gate(this.endpoint);

		assertThat(gate.check().available()).isFalse();
	}

	@Test
	void recordsTimesToFirstContentAndNothingTheProviderSaid() {
		EndpointGate gate = this.fixture.gate(this.endpoint);
		List<CircuitBreakerOnErrorEvent> errors = new ArrayList<>();
		this.fixture.breaker("primary").getEventPublisher().onError(errors::add);
		Permit permit = GateFixture.enter(gate);
		permit.firstContent(Duration.ofMillis(300));
		this.fixture.pass(Duration.ofSeconds(40));
		permit.failed(Failure.of(FailureKind.CONNECTION_LOST)
			.httpStatus(200)
			.providerMessage("the prompt, quoted")
			.cause(new IllegalStateException("the prompt, quoted"))
			.build());
		Permit withoutContent = GateFixture.enter(gate);
		this.fixture.pass(Duration.ofSeconds(15));
		withoutContent.failed(GateFixture.failure(FailureKind.TIMED_OUT));

		assertThat(errors).extracting(CircuitBreakerOnErrorEvent::getElapsedDuration)
			.containsExactly(Duration.ofMillis(300), Duration.ofSeconds(15));
		assertThat(errors.get(0).getThrowable()).hasNoCause()
			.hasMessage("CONNECTION_LOST, HTTP 200")
			.asInstanceOf(InstanceOfAssertFactories.type(RecordedFailureException.class))
			.extracting(RecordedFailureException::kind)
			.isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void tellsTheTimeLimiterHowCallsEnd() {
		EndpointGate gate = this.fixture.gate(this.endpoint);
		List<TimeLimiterEvent.Type> events = new ArrayList<>();
		this.fixture.timeLimiters.find("primary")
			.orElseThrow()
			.getEventPublisher()
			.onEvent((event) -> events.add(event.getEventType()));
		GateFixture.succeed(gate);
		GateFixture.fail(gate, FailureKind.TIMED_OUT);
		GateFixture.fail(gate, FailureKind.SERVER_ERROR);
		GateFixture.enter(gate).released();

		assertThat(events).containsExactly(TimeLimiterEvent.Type.SUCCESS, TimeLimiterEvent.Type.TIMEOUT,
				TimeLimiterEvent.Type.ERROR);
	}

	@Test
	void answersWithTheSameGateForTheSameEndpoint() {
		EndpointGates gates = this.fixture.builder(this.endpoint, this.endpoint).build();

		assertThat(gates.gate(this.endpoint)).isSameAs(gates.gate(GateFixture.endpoint("primary")));
	}

	@Test
	void refusesEndpointsItWasNotBuiltFor() {
		EndpointGates gates = this.fixture.builder(this.endpoint).build();

		assertThatIllegalArgumentException().isThrownBy(() -> gates.gate(GateFixture.endpoint("stranger")))
			.withMessageContaining("stranger")
			.withMessageContaining("primary");
	}

	@Test
	void refusesTwoEndpointsOfOneName() {
		Endpoint other = GateFixture.any("primary").url(URI.create("https://elsewhere.example.com")).build();

		assertThatIllegalArgumentException().isThrownBy(() -> this.fixture.builder(this.endpoint, other))
			.withMessageContaining("primary");
	}

	@Test
	void aListenerThatThrowsHarmsNoCall() {
		EndpointGate gate = this.fixture.builder(this.endpoint).listener((event) -> {
			throw new IllegalStateException("listener");
		}).build().gate(this.endpoint);
		GateFixture.open(gate);

		assertThat(gate.circuitBreaker()).isEqualTo("OPEN");
	}

}
