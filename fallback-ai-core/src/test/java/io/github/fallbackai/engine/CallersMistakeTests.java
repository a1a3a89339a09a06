package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that the first endpoint calls invalid goes to no other one, whatever else is
 * going on in the call.
 */
class CallersMistakeTests {

	private static final Duration DELAY = Duration.ofSeconds(1);

	private final Scenario scenario = new Scenario();

	@Test
	void staysWithTheFirstEndpointAfterARetry() {
		this.scenario.endpoint("a")
			.retry(new RetrySettings(2, Duration.ZERO, RetrySettings.DEFAULTS.on()))
			.fails(FailureKind.OVERLOADED)
			.fails(FailureKind.INVALID_REQUEST);
		this.scenario.endpoint("b");
		assertThat(this.scenario.stream().error).isInstanceOf(RequestRefusedException.class);
		assertThat(this.scenario.log).doesNotContain("b called");
	}

	@Test
	void endsARaceWhenTheFirstEndpointCallsItInvalid() {
		hedge();
		this.scenario.endpoint("a").emits(later(FailureKind.INVALID_REQUEST));
		this.scenario.endpoint("b").hangs();
		this.scenario.endpoint("c");
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(caller.error).isInstanceOf(RequestRefusedException.class);
		assertThat(this.scenario.log).contains("b cancelled", "b released").doesNotContain("c called");
	}

	@Test
	void whatTheSecondOfARaceRefusesDoesNotStopTheFirst() {
		hedge();
		ScriptedEndpoint a = this.scenario.endpoint("a");
		a.emits(a.paced(Duration.ofSeconds(3), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		this.scenario.endpoint("b").fails(FailureKind.CONTENT_FILTERED);
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(7));
		assertThat(caller.result().response().endpoint()).isEqualTo("a");
		assertThat(caller.result().response().attempts()).extracting(Attempt::failure)
			.containsExactly(FailureKind.CONTENT_FILTERED, null);
		assertThat(this.scenario.log).doesNotContain("a cancelled");
		assertThat(caller.received).doesNotHaveAnyElementsOfTypes(ChatEvent.EndpointSwitched.class);
	}

	@Test
	void movesOnAmongLaterEndpointsOfARace() {
		hedge();
		this.scenario.endpoint("a").fails(FailureKind.SERVER_ERROR);
		this.scenario.endpoint("b").emits(later(FailureKind.INVALID_REQUEST));
		ScriptedEndpoint c = this.scenario.endpoint("c");
		c.emits(c.paced(Duration.ofSeconds(3), ScriptedEndpoint.texts("Hi").concatWith(ScriptedEndpoint.finish())));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(9));
		assertThat(caller.result().response().endpoint()).isEqualTo("c");
		assertThat(this.scenario.log).doesNotContain("c cancelled");
	}

	private void hedge() {
		this.scenario.settings(CallSettings.builder().hedge(new HedgeSettings(DELAY, 1)).build());
	}

	private Flux<EndpointEvent> later(FailureKind kind) {
		return Flux.<EndpointEvent>never()
			.takeUntilOther(Mono.delay(Duration.ofSeconds(2), this.scenario.time))
			.concatWith(ScriptedEndpoint.failure(kind));
	}

}
