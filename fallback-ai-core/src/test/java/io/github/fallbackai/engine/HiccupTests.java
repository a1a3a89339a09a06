package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one retry of the default settings: after a server error that comes at once from an
 * endpoint that has not failed since its last answer.
 */
class HiccupTests {

	private static final Duration PAUSE = Duration.ofMillis(200);

	private final Scenario scenario = new Scenario();

	private ScriptedEndpoint first;

	@BeforeEach
	void twoEndpoints() {
		this.first = this.scenario.endpoint("a").retry(RetrySettings.DEFAULTS);
		ScriptedEndpoint second = this.scenario.endpoint("b");
		for (int call = 0; call < 50; call++) {
			second.answers("Hi from b");
		}
	}

	@Test
	void aServerErrorThatComesAtOnceIsFollowedByOneRetry() {
		this.first.fails(FailureKind.SERVER_ERROR).answers("Hi");
		ChatResponse response = call();
		assertThat(response.attempts()).extracting(Attempt::endpoint).containsExactly("a", "a");
		assertThat(response.degraded()).isFalse();
	}

	/** So the breaker opens after as many requests as without the retry. */
	@Test
	void theBreakerIsToldOfEachFailure() {
		this.first.fails(FailureKind.SERVER_ERROR).fails(FailureKind.SERVER_ERROR);
		assertThat(asked(call())).containsExactly("a", "a", "b");
		assertThat(this.scenario.log).filteredOn("a failed SERVER_ERROR, counts"::equals).hasSize(2);
	}

	@Test
	void anOutageHasOneRetryHoweverLongItLasts() {
		for (int failure = 0; failure < 21; failure++) {
			this.first.fails(FailureKind.SERVER_ERROR);
		}
		for (int call = 0; call < 20; call++) {
			assertThat(call().endpoint()).isEqualTo("b");
		}
		assertThat(this.first.requests).hasSize(21);
	}

	@Test
	void callsThatFailTogetherHaveOneRetry() {
		List<Scenario.Caller> callers = new ArrayList<>();
		for (int call = 0; call < 10; call++) {
			this.first.emits(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)
				.delaySubscription(Duration.ofMillis(10), this.scenario.time));
		}
		this.first.fails(FailureKind.SERVER_ERROR);
		for (int call = 0; call < 10; call++) {
			callers.add(this.scenario.stream());
		}
		this.scenario.advance(PAUSE.multipliedBy(2));
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.result().response().endpoint()).isEqualTo("b"));
		assertThat(this.first.requests).hasSize(11);
	}

	@Test
	void anAnswerAllowsTheNextRetry() {
		this.first.fails(FailureKind.SERVER_ERROR).answers("Hi").fails(FailureKind.SERVER_ERROR).answers("Hi");
		assertThat(asked(call())).containsExactly("a", "a");
		assertThat(asked(call())).containsExactly("a", "a");
	}

	@Test
	void anotherFailureBeforeItIsNoHiccup() {
		this.first.fails(FailureKind.OVERLOADED).fails(FailureKind.SERVER_ERROR);
		assertThat(asked(call())).containsExactly("a", "b");
		assertThat(asked(call())).containsExactly("a", "b");
	}

	@Test
	void aRateLimitBeforeItSaysNothing() {
		this.first.fails(FailureKind.RATE_LIMITED).fails(FailureKind.SERVER_ERROR).answers("Hi");
		assertThat(asked(call())).containsExactly("a", "b");
		assertThat(asked(call())).containsExactly("a", "a");
	}

	@Test
	void aServerErrorThatTookLongIsNoHiccup() {
		this.first.emits(ScriptedEndpoint.failure(FailureKind.SERVER_ERROR)
			.delaySubscription(Duration.ofSeconds(1), this.scenario.time));
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(Duration.ofSeconds(2));
		assertThat(asked(caller.result().response())).containsExactly("a", "b");
	}

	@ParameterizedTest
	@EnumSource(names = { "OVERLOADED", "CONNECT_FAILED", "CONNECTION_LOST", "TIMED_OUT", "INVALID_RESPONSE",
			"EMPTY_RESPONSE", "RATE_LIMITED" })
	void otherFailuresAreNoHiccups(FailureKind kind) {
		this.first.fails(kind);
		assertThat(asked(call())).containsExactly("a", "b");
	}

	@Test
	void aFailureThatIsNotTheEndpointsFaultIsNoHiccup() {
		this.first.fails(Failure.of(FailureKind.SERVER_ERROR).notTheEndpointsFault());
		assertThat(asked(call())).containsExactly("a", "b");
	}

	@Test
	void settingsMayExcludeIt() {
		this.first.retry(new RetrySettings(1, Duration.ZERO, RetrySettings.DEFAULTS.kinds()))
			.fails(FailureKind.SERVER_ERROR);
		assertThat(asked(call())).containsExactly("a", "b");
	}

	private ChatResponse call() {
		Scenario.Caller caller = this.scenario.stream();
		this.scenario.advance(PAUSE);
		return caller.result().response();
	}

	private static List<String> asked(ChatResponse response) {
		return response.attempts().stream().map(Attempt::endpoint).toList();
	}

}
