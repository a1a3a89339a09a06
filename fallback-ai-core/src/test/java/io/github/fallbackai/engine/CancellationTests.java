// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller who goes away leaves nothing behind and counts against no endpoint.
 */
class CancellationTests {

	private final Scenario scenario = new Scenario();

	@Test
	void cancelsTheRequestAndReleasesThePermitBeforeContent() {
		this.scenario.endpoint("a").hangs();
		Scenario.Caller caller = this.scenario.stream();
		caller.cancel();
		assertThat(this.scenario.log).containsExactlyInAnyOrder("a called", "a cancelled", "a released");
	}

	@Test
	void cancelsMidStream() {
		this.scenario.endpoint("a").emits(ScriptedEndpoint.texts("Hi").concatWith(Flux.never()));
		Scenario.Caller caller = this.scenario.stream();
		caller.cancel();
		assertThat(this.scenario.log).contains("a cancelled", "a released").doesNotContain("a succeeded");
	}

	@Test
	void takesNoPermitWithoutSubscription() {
		this.scenario.endpoint("a");
		this.scenario.engine().call(ChatRequest.of("hello"), Delivery.EVENTS);
		assertThat(this.scenario.log).isEmpty();
	}

	@Test
	void releasesThePermitWhenTheCallerLeavesBeforeTheRequestIsSent() {
		this.scenario.endpoint("a").hangs();
		Scenario.Caller caller = this.scenario.streamWithDemand(0);
		caller.cancel();
		assertThat(this.scenario.log).containsExactly("a released");
	}

	@Test
	void asksNobodyAnyMoreWhenTheCallerLeavesDuringABackoff() {
		this.scenario.endpoint("a")
			.retry(new RetrySettings(3, Duration.ofSeconds(1), RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.OVERLOADED);
		this.scenario.endpoint("b");
		Scenario.Caller caller = this.scenario.stream();
		caller.cancel();
		this.scenario.advance(Duration.ofMinutes(1));
		assertThat(this.scenario.log).containsExactly("a called", "a failed OVERLOADED, counts");
	}

	@Test
	void recordsWhatACancelledAttemptSpent() {
		Usage spent = new Usage(12, 3, null, null);
		this.scenario.endpoint("a")
			.emits(Flux.<EndpointEvent>just(new EndpointEvent.Text("Hi"), new EndpointEvent.UsageReported(spent))
				.concatWith(Flux.never()));
		this.scenario.stream().cancel();
		assertThat(this.scenario.events).filteredOn(FailoverEvent.AttemptEnded.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((FailoverEvent.AttemptEnded) event).attempt().usage()).isEqualTo(spent));
	}

	@Test
	void reportsTheCallOnceAsCancelled() {
		this.scenario.endpoint("a").hangs();
		Scenario.Caller caller = this.scenario.stream();
		caller.cancel();
		caller.cancel();
		assertThat(this.scenario.events).filteredOn(FailoverEvent.CallEnded.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((FailoverEvent.CallEnded) event).outcome())
				.isEqualTo(AttemptOutcome.CANCELLED));
	}

	@Test
	void theCallEndsAfterItsAttemptAndCountsIt() {
		this.scenario.endpoint("a").hangs();
		this.scenario.stream().cancel();
		assertThat(this.scenario.events).last()
			.isInstanceOfSatisfying(FailoverEvent.CallEnded.class,
					(ended) -> assertThat(ended.attempts()).isEqualTo(1));
	}

	@Test
	void theCallEndsOnceWhenTheCallerLeavesWhileAnAttemptStarts() {
		ScriptedEndpoint a = this.scenario.endpoint("a");
		Scenario.Caller caller = new Scenario.Caller(Long.MAX_VALUE);
		a.entering = caller::cancel;
		this.scenario.engine().call(ChatRequest.of("hello"), Delivery.EVENTS).subscribe(caller);
		assertThat(this.scenario.log).containsExactly("a released");
		assertThat(this.scenario.events).singleElement()
			.isInstanceOfSatisfying(FailoverEvent.CallEnded.class, (ended) -> {
				assertThat(ended.outcome()).isEqualTo(AttemptOutcome.CANCELLED);
				assertThat(ended.attempts()).isZero();
			});
	}

	@Test
	void leavesNoTimerThatEndsAnAttemptTwice() {
		this.scenario.endpoint("a").hangs();
		Scenario.Caller caller = this.scenario.stream();
		caller.cancel();
		this.scenario.advance(Duration.ofMinutes(10));
		assertThat(this.scenario.log).filteredOn((line) -> line.startsWith("a released")).hasSize(1);
		assertThat(this.scenario.log).noneMatch((line) -> line.contains("TIMED_OUT"));
	}

}
