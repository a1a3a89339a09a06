// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.Set;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NoEndpointAvailableException;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.failure.StreamInterruptedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.Selection;
import io.github.fallbackai.status.EndpointStatus;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that not every endpoint may, can or should serve.
 */
class RestrictedCallsTests {

	private final Scenario scenario = new Scenario();

	private final ScriptedEndpoint first = this.scenario.endpoint("first");

	private final ScriptedEndpoint second = this.scenario.endpoint("second");

	@Test
	void failWithEveryReasonWhenNobodyCanServeThem() {
		this.first.open(Duration.ofSeconds(5));
		assertThat(call(FallbackScope.SAME_MODEL).error).isInstanceOfSatisfying(NoEndpointAvailableException.class,
				(error) -> assertThat(error.skips()).containsExactly(
						new Skip("first", SkipReason.BREAKER_OPEN, null, Duration.ofSeconds(5)),
						new Skip("second", SkipReason.OTHER_MODEL, null, null)));
		assertThat(this.scenario.log).isEmpty();
	}

	@Test
	void neverSwitchWhenTheCallerForbidsIt() {
		this.first.fails(FailureKind.SERVER_ERROR);
		assertThat(call(FallbackScope.NONE).error).isInstanceOfSatisfying(AllEndpointsFailedException.class,
				(error) -> assertThat(error.skips()).extracting(Skip::reason)
					.containsExactly(SkipReason.SWITCH_FORBIDDEN));
		assertThat(this.scenario.log).doesNotContain("second called");
	}

	@Test
	void expectTheModelOfTheFirstEndpointWhoeverOfItsTierHasTheTurn() {
		this.scenario.settings(CallSettings.builder()
			.selection(Selection.ROUND_ROBIN)
			.fallbackScope(FallbackScope.SAME_MODEL)
			.build());
		this.first.answers("one").answers("two").answers("three");
		for (int call = 0; call < 3; call++) {
			assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("first");
		}
	}

	@Test
	void areExplainedInTheStatus() {
		this.scenario.settings(CallSettings.builder().fallbackScope(FallbackScope.NONE).build());
		this.first.open(Duration.ofSeconds(5));
		assertThat(this.scenario.engine().status(null).endpoints()).extracting(EndpointStatus::skipReason)
			.containsExactly(SkipReason.BREAKER_OPEN, SkipReason.SWITCH_FORBIDDEN);
		assertThat(this.scenario.engine().status(null).defaultChain().available()).isFalse();
	}

	@Test
	void areNotResumedElsewhereButMayBeWhereTheyBroke() {
		this.first
			.emits(ScriptedEndpoint.texts("Hello, ").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)))
			.answers("world");
		Scenario.Caller resumed = call(FallbackScope.NONE);
		assertThat(resumed.result().response().text()).isEqualTo("Hello, world");
		this.first
			.emits(ScriptedEndpoint.texts("Hello, ").concatWith(ScriptedEndpoint.failure(FailureKind.CONNECTION_LOST)))
			.fails(FailureKind.SERVER_ERROR);
		assertThat(call(FallbackScope.NONE).error).isInstanceOf(StreamInterruptedException.class);
		assertThat(this.scenario.log).doesNotContain("second called");
	}

	@Test
	void goToAllowedEndpointsOnly() {
		this.second.answers("hi");
		ChatRequest request = ChatRequest.builder()
			.user("hello")
			.options(ChatOptions.DEFAULTS.withAllowedEndpoints(Set.of("second")))
			.build();
		assertThat(this.scenario.call(request, Delivery.EVENTS).result().response().endpoint()).isEqualTo("second");
	}

	@Test
	void passOverAnExhaustedEndpointWhileAnotherIsLeft() {
		coolDown(this.first);
		this.second.answers("hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("second");
		this.second.open(Duration.ofSeconds(5));
		this.first.answers("hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("first");
		assertThat(this.scenario.engine().status(null).defaultChain().active().name()).isEqualTo("first");
	}

	@Test
	void tellTheGateThatTheLimitsAreUsedUp() {
		this.first.emits(Flux
			.<EndpointEvent>just(new EndpointEvent.Reconnected(),
					new EndpointEvent.Accepted(200, null, Duration.ofSeconds(7)), new EndpointEvent.Text("hi"))
			.concatWith(ScriptedEndpoint.finish()));
		assertThat(this.scenario.stream().result().response().attempts()).singleElement()
			.satisfies((attempt) -> assertThat(attempt.reconnected()).isTrue());
		assertThat(this.scenario.log).contains("first exhausted for 7000");
	}

	@Test
	void goFirstWhereOperatorsPrefer() {
		this.second.preference = 1;
		this.second.answers("hi");
		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("second");
	}

	private static void coolDown(ScriptedEndpoint endpoint) {
		endpoint.availability = new Availability(SkipReason.COOLING_DOWN, FailureKind.RATE_LIMITED,
				Duration.ofSeconds(3), true);
	}

	private Scenario.Caller call(FallbackScope scope) {
		ChatRequest request = ChatRequest.builder()
			.user("hello")
			.options(ChatOptions.DEFAULTS.withFallbackScope(scope))
			.build();
		return this.scenario.call(request, Delivery.EVENTS);
	}

}
