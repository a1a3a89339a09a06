// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RecoverySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits while a provider works without a word: its own tools search, or run code.
 */
class ProviderWorkTests {

	private static final Duration MILLISECOND = Duration.ofMillis(1);

	private static final EndpointEvent WORKS = new EndpointEvent.SilentWork(true);

	private final Scenario scenario = new Scenario()
		.settings(CallSettings.builder().recovery(RecoverySettings.DEFAULTS.withMode(StreamRecovery.FAIL)).build());

	@Test
	void waitsForTheProvidersOwnWorkAsLongAsTheCallCanAfford() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(Flux.<EndpointEvent>just(WORKS)
			.concatWith(a.paced(Duration.ofSeconds(100), ScriptedEndpoint.texts("Hi")))
			.concatWith(ScriptedEndpoint.finish()));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(100));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	/** The 15 seconds that the next endpoint may need are kept. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void keepsTimeForTheNextEndpointWhileAProviderWorks(boolean streamed) {
		this.scenario.endpoint("a").emits(Flux.<EndpointEvent>just(WORKS).concatWith(Flux.never()));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = streamed ? this.scenario.stream() : this.scenario.ask();
		this.scenario.advance(Duration.ofSeconds(105).minus(MILLISECOND));
		assertThat(caller.completed).isFalse();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral");
	}

	@Test
	void holdsTheIdleLimitOnceAProviderIsDoneWithItsWork() {
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(WORKS, new EndpointEvent.SilentWork(false)).concatWith(Flux.never()));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(30));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, counts");
	}

	/** Signs of life would take the time of all others, and no answer would come. */
	@Test
	void keepsTimeForTheNextEndpointAlthoughSomethingAlwaysComes() {
		this.scenario.endpoint("a")
			.emits(Flux.interval(Duration.ZERO, Duration.ofSeconds(1), this.scenario.time).map((tick) -> WORKS));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(Duration.ofSeconds(105));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, neutral");
	}

	/** Although a silence might take as long as all of the call. */
	@ParameterizedTest
	@CsvSource({ "20,true", "30,true", "20,false", "30,false" })
	void keepsTimeForTheNextEndpointWithinAShortDeadline(int seconds, boolean signsOfLife) {
		this.scenario.settings(CallSettings.builder().deadline(Duration.ofSeconds(seconds)).build());
		this.scenario.endpoint("a")
			.emits(signsOfLife
					? Flux.interval(Duration.ZERO, Duration.ofSeconds(1), this.scenario.time).map((tick) -> WORKS)
					: Flux.<EndpointEvent>just(WORKS).concatWith(Flux.never()));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(Duration.ofSeconds(seconds).minus(MILLISECOND));
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
	}

	/** Until then the endpoint generated, so it may go on. */
	@Test
	void givesWorkThatBeginsLateTheTimeOfASilence() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a
			.paced(Duration.ofSeconds(10),
					ScriptedEndpoint.texts("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"))
			.concatWith(Flux.just(WORKS))
			.concatWith(a.paced(Duration.ofSeconds(2), ScriptedEndpoint.texts("12")))
			.concatWith(ScriptedEndpoint.finish()));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.ask();
		this.scenario.advance(Duration.ofSeconds(112));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
	}

	/** Deadlines of streams stand still then. */
	@Test
	void waitsForWorkThatGoesOnUpToTheTotalLimit() {
		this.scenario.endpoint("a")
			.emits(Flux.interval(Duration.ZERO, Duration.ofSeconds(90), this.scenario.time).map((tick) -> WORKS));
		this.scenario.endpoint("b").answers("Hi");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofMinutes(10).minus(MILLISECOND));
		assertThat(caller.completed).isFalse();
		this.scenario.advance(MILLISECOND);
		assertThat(caller.result().response().endpoint()).isEqualTo("b");
		assertThat(this.scenario.log).contains("a failed TIMED_OUT, counts");
	}

}
