// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.ProbeMode;
import io.github.fallbackai.endpoint.ProbeSettings;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call that is the probe of an endpoint that was open.
 */
class ProbingCallTests {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Scenario scenario = new Scenario();

	@ParameterizedTest
	@EnumSource(Delivery.class)
	void isJoinedByTheNextEndpointWhenNothingComesWithinItsPatience(Delivery delivery) {
		probed(Duration.ofSeconds(2)).hangs();
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.call(ChatRequest.of("hello"), delivery);
		this.scenario.advance(PATIENCE.minusMillis(1));
		assertThat(this.scenario.log).doesNotContain("b called");
		this.scenario.advance(Duration.ofMillis(1));

		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void itsEndpointIsWatchedToItsLimit() {
		probed(PATIENCE).hangs();
		this.scenario.endpoint("b").answers("Hi");
		this.scenario.stream();
		this.scenario.advance(PATIENCE);
		assertThat(this.scenario.log).doesNotContain("a cancelled");
		this.scenario.advance(Duration.ofSeconds(60));

		assertThat(this.scenario.log).contains("a failed TIMED_OUT, counts");
	}

	@Test
	void anEndpointThatAnswersInTimeKeepsTheCall() {
		ScriptedEndpoint a = probed(PATIENCE);
		a.emits(a.paced(Duration.ofMillis(1900), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(5));

		assertThat(caller.result().response().endpoint()).isEqualTo("a");
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void movesOnAtOnceWhenItFails() {
		probed(PATIENCE).fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("b").answers("Hi");

		assertThat(this.scenario.stream().result().response().endpoint()).isEqualTo("b");
	}

	@Test
	void aBatchCallIsPatient() {
		probed(PATIENCE).hangs();
		this.scenario.endpoint("b");
		this.scenario.call(
				ChatRequest.builder().user("hello").options(ChatOptions.DEFAULTS.withLoad(Load.BATCH)).build(),
				Delivery.EVENTS);
		this.scenario.advance(Duration.ofSeconds(10));

		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void aCallThatIsNoProbeIsNotJoined() {
		this.scenario.endpoint("a").hangs();
		this.scenario.endpoint("b");
		this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(10));

		assertThat(this.scenario.log).doesNotContain("b called");
	}

	private ScriptedEndpoint probed(Duration patience) {
		ScriptedEndpoint endpoint = this.scenario.endpoint("a", (settings) -> patience(settings, patience));
		endpoint.probe = true;
		return endpoint;
	}

	private static EndpointBuilder patience(EndpointBuilder settings, Duration patience) {
		return settings
			.breaker(BreakerSettings.builder().probe(new ProbeSettings(ProbeMode.TRAFFIC, patience)).build());
	}

}
