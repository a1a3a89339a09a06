// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens that an attempt counts for its caller's limit if no provider reports any. The
 * prompt is estimated as 5 tokens.
 */
class CountedTokensTests {

	private final Scenario scenario = new Scenario();

	private final ScriptedEndpoint endpoint = this.scenario.endpoint("a");

	/** The provider works for a caller who leaves. Some clients have no status. */
	@ParameterizedTest
	@NullSource
	@ValueSource(ints = 200)
	void countIfTheCallerLeavesBeforeTheFirstWord(Integer status) {
		this.endpoint.emits(accepted(status).concatWith(Flux.never()));
		this.scenario.stream().cancel();
		assertThat(tokens()).isEqualTo(5);
	}

	@Test
	void countNotIfTheCallerLeavesBeforeTheRequestIsAccepted() {
		this.endpoint.hangs();
		this.scenario.stream().cancel();
		assertThat(tokens()).isZero();
	}

	/** An outage must not use up the limits of callers. */
	@ParameterizedTest
	@NullSource
	@ValueSource(ints = 200)
	void countNotIfTheProviderFailsWithoutAWord(Integer status) {
		this.endpoint.emits(accepted(status).concatWith(ScriptedEndpoint.failure(FailureKind.OVERLOADED)));
		this.scenario.stream();
		assertThat(tokens()).isZero();
	}

	@Test
	void countNotIfTheProviderFallsSilentBeforeTheFirstWord() {
		this.endpoint.emits(accepted(200).concatWith(Flux.never()));
		this.scenario.stream();
		this.scenario.advance(Duration.ofMinutes(2));
		assertThat(tokens()).isZero();
	}

	@Test
	void countIfTheProviderFailsAfterSomeWords() {
		this.endpoint.emits(accepted(200).concatWith(ScriptedEndpoint.texts("Hello"))
			.concatWith(ScriptedEndpoint.failure(FailureKind.OVERLOADED)));
		this.scenario.stream();
		assertThat(tokens()).isGreaterThan(5);
	}

	private static Flux<EndpointEvent> accepted(Integer status) {
		return Flux.just(new EndpointEvent.Accepted(status, null));
	}

	private long tokens() {
		return this.scenario.events.stream()
			.filter(FailoverEvent.AttemptEnded.class::isInstance)
			.mapToLong((event) -> ((FailoverEvent.AttemptEnded) event).attempt().tokens())
			.sum();
	}

}
