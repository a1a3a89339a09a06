// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.budget.EndpointBudget;
import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.status.Spending;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Probes that no call makes: what they ask, what they cost and what is told of them.
 */
class ProberTests {

	private final Scenario scenario = new Scenario();

	@Test
	void asksForOneTokenWithNothingOfAnyCaller() {
		ScriptedEndpoint a = this.scenario.endpoint("a").answers("H");
		probe(a);

		assertThat(a.requests).singleElement().extracting(EndpointRequest::chat).satisfies((request) -> {
			assertThat(request.maxTokens()).isOne();
			assertThat(request.messages()).singleElement().isEqualTo(Prober.REQUEST.messages().get(0));
		});
		assertThat(this.scenario.log).containsExactly("a called", "a first content after 0", "a succeeded");
	}

	@Test
	void tellsOneEventAndNoCall() {
		ScriptedEndpoint a = this.scenario.endpoint("a").answers("H");
		probe(a);

		assertThat(this.scenario.events).singleElement()
			.isInstanceOfSatisfying(FailoverEvent.EndpointProbed.class, (probed) -> {
				assertThat(probed.endpoint()).isEqualTo("a");
				assertThat(probed.attempt().outcome()).isEqualTo(AttemptOutcome.SUCCEEDED);
				assertThat(probed.cause()).isNull();
			});
	}

	@Test
	void aFailureIsRecordedAndTold() {
		ScriptedEndpoint a = this.scenario.endpoint("a").fails(FailureKind.OVERLOADED);
		probe(a);

		assertThat(this.scenario.log).contains("a failed OVERLOADED, counts");
		assertThat(this.scenario.events).singleElement()
			.isInstanceOfSatisfying(FailoverEvent.EndpointProbed.class,
					(probed) -> assertThat(probed.attempt().failure()).isEqualTo(FailureKind.OVERLOADED));
	}

	@Test
	void silenceIsAFailureAfterTheLimitOfTheGate() {
		ScriptedEndpoint a = this.scenario.endpoint("a").hangs();
		a.probeLimit = Duration.ofSeconds(9);
		probe(a);
		this.scenario.advance(Duration.ofSeconds(9).minusMillis(1));
		assertThat(this.scenario.log).containsExactly("a called");
		this.scenario.advance(Duration.ofMillis(1));

		assertThat(this.scenario.log).contains("a cancelled", "a failed TIMED_OUT, counts");
	}

	@Test
	void aTokenThatIsNothingToSeeIsProofOfLife() {
		ScriptedEndpoint a = this.scenario.endpoint("a").emits(ScriptedEndpoint.finish(FinishReason.LENGTH));
		probe(a);

		assertThat(this.scenario.log).containsExactly("a called", "a first content after 0", "a succeeded");
	}

	@Test
	void anEmptyAnswerIsNone() {
		ScriptedEndpoint a = this.scenario.endpoint("a").emits(ScriptedEndpoint.finish());
		probe(a);

		assertThat(this.scenario.log).contains("a failed EMPTY_RESPONSE, counts");
	}

	@Test
	void itsCostIsAccounted() {
		Budget budget = new Budget();
		ScriptedEndpoint a = this.scenario
			.endpoint("a", (settings) -> settings.price(new Price(new BigDecimal("2"), new BigDecimal("8"), null)))
			.emits(ScriptedEndpoint.texts("H")
				.concatWith(Flux.just(new EndpointEvent.UsageReported(new Usage(8, 1, null, null))))
				.concatWith(ScriptedEndpoint.finish(FinishReason.LENGTH)));
		a.budget = budget;
		probe(a);

		BigDecimal cost = new BigDecimal("0.000024");
		assertThat(budget.settled).singleElement()
			.satisfies((settled) -> assertThat(settled).isEqualByComparingTo(cost));
		assertThat(((FailoverEvent.EndpointProbed) this.scenario.events.get(0)).attempt().cost().amount())
			.isEqualByComparingTo(cost);
	}

	@Test
	void asksNothingWithoutMoneyLeft() {
		Budget budget = new Budget();
		budget.exhausted = true;
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.budget = budget;
		probe(a);

		assertThat(this.scenario.log).isEmpty();
	}

	@Test
	void asksNothingWithoutAPermit() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.raceLost = true;
		probe(a);

		assertThat(this.scenario.log).isEmpty();
		assertThat(this.scenario.events).isEmpty();
	}

	private void probe(ScriptedEndpoint endpoint) {
		this.scenario.engine();
		endpoint.prober.run();
	}

	private static final class Budget implements EndpointBudget {

		private final List<BigDecimal> settled = new ArrayList<>();

		private boolean exhausted;

		@Override
		public @Nullable Duration exhaustedFor(long inputTokens, long outputTokens) {
			return this.exhausted ? Duration.ofDays(1) : null;
		}

		@Override
		public @Nullable Reservation tryReserve(long inputTokens, long outputTokens) {
			return this.exhausted ? null : this.settled::add;
		}

		@Override
		public @Nullable Spending spending() {
			return null;
		}

	}

}
