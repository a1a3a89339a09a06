// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.engine.Situation.Held;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The failure table of the design, row by row.
 */
class FailoverPolicyTests {

	private static final RetrySettings ONE_RETRY = new RetrySettings(2, Duration.ofMillis(200),
			RetrySettings.DEFAULTS.kinds());

	@ParameterizedTest
	@CsvSource({ "RATE_LIMITED, NEXT_ENDPOINT, NEXT_ENDPOINT", "QUOTA_EXHAUSTED, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"OVERLOADED, NEXT_ENDPOINT, NEXT_ENDPOINT", "SERVER_ERROR, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"CONNECT_FAILED, NEXT_ENDPOINT, NEXT_ENDPOINT", "CONNECTION_LOST, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"TIMED_OUT, NEXT_ENDPOINT, NEXT_ENDPOINT", "INVALID_RESPONSE, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"EMPTY_RESPONSE, NEXT_ENDPOINT, NEXT_ENDPOINT", "AUTHENTICATION, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"PERMISSION_DENIED, NEXT_ENDPOINT, NEXT_ENDPOINT", "MODEL_UNAVAILABLE, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"CONTEXT_LENGTH_EXCEEDED, NEXT_ENDPOINT, NEXT_ENDPOINT", "CONTENT_FILTERED, REFUSE, REFUSE",
			"REFUSED, REFUSE, REFUSE", "REJECTED, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"INVALID_REQUEST, REFUSE, NEXT_ENDPOINT", "UNSUPPORTED, NEXT_ENDPOINT, NEXT_ENDPOINT",
			"REFUSED_UNEXPLAINED, NEXT_ENDPOINT, NEXT_ENDPOINT", "LOCAL, NEXT_ENDPOINT, NEXT_ENDPOINT" })
	void followsTheTable(FailureKind kind, Decision atFirstAttempt, Decision atLaterAttempt) {
		assertThat(decide(situation(kind, 1, Held.NOTHING))).isEqualTo(atFirstAttempt);
		assertThat(decide(situation(kind, 2, Held.NOTHING))).isEqualTo(atLaterAttempt);
	}

	@ParameterizedTest
	@CsvSource({ "OVERLOADED, RETRY", "SERVER_ERROR, RETRY", "CONNECTION_LOST, RETRY", "CONNECT_FAILED, RETRY",
			"TIMED_OUT, NEXT_ENDPOINT", "RATE_LIMITED, NEXT_ENDPOINT", "INVALID_RESPONSE, NEXT_ENDPOINT",
			"EMPTY_RESPONSE, NEXT_ENDPOINT", "AUTHENTICATION, NEXT_ENDPOINT", "INVALID_REQUEST, REFUSE" })
	void retriesWhatIsWorthARetry(FailureKind kind, Decision expected) {
		assertThat(decide(CallSettings.DEFAULTS, StreamRecovery.RESUME, situation(kind, 1, Held.NOTHING), ONE_RETRY))
			.isEqualTo(expected);
	}

	@Test
	void retriesOnlySoOftenAndNeverAfterContent() {
		Situation second = new Situation(Failure.of(FailureKind.OVERLOADED).build(), null,
				new CallHistory.Effort(2, 1, 2), false, false, false, Held.NOTHING, true);
		Situation afterContent = new Situation(Failure.of(FailureKind.CONNECTION_LOST).build(), null,
				new CallHistory.Effort(1, 1, 1), true, false, false, Held.NOTHING, true);
		assertThat(decide(CallSettings.DEFAULTS, StreamRecovery.RESUME, second, ONE_RETRY))
			.isEqualTo(Decision.NEXT_ENDPOINT);
		assertThat(decide(CallSettings.DEFAULTS, StreamRecovery.RESUME, afterContent, ONE_RETRY))
			.isEqualTo(Decision.NEXT_ENDPOINT);
	}

	@ParameterizedTest
	@CsvSource({ "RESUME, REASONING, RESUME", "RESUME, TEXT, RESUME", "RESUME, INDIVISIBLE, RESTART",
			"RESUME, TEXT_BEFORE_CALL, RESTART", "FAIL, TEXT_BEFORE_CALL, INTERRUPT", "RESUME, TOOL_CALL, INTERRUPT",
			"RESTART, REASONING, RESTART", "RESTART, TEXT, RESTART", "RESTART, INDIVISIBLE, RESTART",
			"RESTART, TOOL_CALL, INTERRUPT", "FAIL, REASONING, INTERRUPT", "FAIL, TEXT, INTERRUPT",
			"FAIL, INDIVISIBLE, INTERRUPT", "FAIL, TOOL_CALL, INTERRUPT" })
	void recoversWhatWasDelivered(StreamRecovery mode, Held held, Decision expected) {
		assertThat(decide(CallSettings.DEFAULTS, mode, situation(FailureKind.CONNECTION_LOST, 1, held),
				RetrySettings.DEFAULTS))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "RESUME, TEXT, RESUME", "RESUME, INDIVISIBLE, INTERRUPT", "RESTART, TEXT, INTERRUPT",
			"RESUME, TEXT_BEFORE_CALL, RESUME", "RESTART, TEXT_BEFORE_CALL, INTERRUPT" })
	void takesNothingBackFromACallerWhoCannotBeTold(StreamRecovery mode, Held held, Decision expected) {
		Situation situation = new Situation(Failure.of(FailureKind.CONNECTION_LOST).build(), null,
				new CallHistory.Effort(1, 1, 1), true, false, false, held, false);
		assertThat(decide(CallSettings.DEFAULTS, mode, situation, RetrySettings.DEFAULTS)).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(value = Held.class, mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
	void interruptsAfterTheLastAttempt(Held held) {
		assertThat(decide(situation(FailureKind.CONNECTION_LOST, 5, held))).isEqualTo(Decision.INTERRUPT);
	}

	@ParameterizedTest
	@EnumSource(FailureKind.class)
	void neverMovesOnAfterTheLastAttempt(FailureKind kind) {
		assertThat(decide(situation(kind, 5, Held.NOTHING))).isIn(Decision.GIVE_UP, Decision.REFUSE);
	}

	@ParameterizedTest
	@EnumSource(names = { "INVALID_REQUEST", "UNSUPPORTED", "REFUSED_UNEXPLAINED" })
	void asksTheOtherWayWhenAPrefillWasRefused(FailureKind kind) {
		Situation situation = new Situation(Failure.of(kind).build(), null, new CallHistory.Effort(2, 2, 1), false,
				true, false, Held.TEXT, true);
		assertThat(decide(situation)).isEqualTo(Decision.RETRY_WITHOUT_PREFILL);
	}

	@Test
	void aRefusedFormIsFollowedByASimplerOneWhileAttemptsAreLeft() {
		Failure failure = Failure.of(FailureKind.UNSUPPORTED).need(Need.JSON_SCHEMA).build();
		assertThat(decide(
				new Situation(failure, null, new CallHistory.Effort(1, 1, 1), false, false, true, Held.NOTHING, false)))
			.isEqualTo(Decision.RETRY_IN_SIMPLER_FORM);
		assertThat(decide(
				new Situation(failure, null, new CallHistory.Effort(5, 5, 1), false, false, true, Held.NOTHING, false)))
			.isEqualTo(Decision.GIVE_UP);
	}

	@ParameterizedTest
	@CsvSource({ "REFUSED_UNEXPLAINED, REFUSED_UNEXPLAINED, REFUSE_AS_BEFORE",
			"REFUSED_UNEXPLAINED, INVALID_REQUEST, REFUSE_AS_BEFORE",
			"INVALID_REQUEST, REFUSED_UNEXPLAINED, REFUSE_AS_BEFORE", "INVALID_REQUEST, INVALID_REQUEST, NEXT_ENDPOINT",
			"REFUSED_UNEXPLAINED, SERVER_ERROR, NEXT_ENDPOINT", "REFUSED_UNEXPLAINED, UNSUPPORTED, NEXT_ENDPOINT" })
	void takesTheFirstAnswerWhenASecondEndpointRefusesTheRequestToo(FailureKind first, FailureKind second,
			Decision expected) {
		Situation situation = new Situation(Failure.of(second).build(), Failure.of(first).build(),
				new CallHistory.Effort(2, 2, 1), false, false, false, Held.NOTHING, true);
		assertThat(decide(situation)).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(FailureKind.class)
	void asksNoOtherEndpointAfterAKindThatIsNotConfigured(FailureKind kind) {
		CallSettings settings = fallbackOn(
				EnumSet.of((kind != FailureKind.LOCAL) ? FailureKind.LOCAL : FailureKind.TIMED_OUT));
		for (int attempt = 1; attempt <= 2; attempt++) {
			assertThat(decide(settings, StreamRecovery.RESUME, situation(kind, attempt, Held.NOTHING),
					RetrySettings.DEFAULTS))
				.isIn(Decision.GIVE_UP, Decision.REFUSE);
		}
	}

	@ParameterizedTest
	@EnumSource(FailureKind.class)
	void asksTheNextEndpointAfterEveryKindThatIsConfigured(FailureKind kind) {
		assertThat(decide(fallbackOn(EnumSet.of(kind)), StreamRecovery.RESUME, situation(kind, 1, Held.NOTHING),
				RetrySettings.DEFAULTS))
			.isEqualTo(Decision.NEXT_ENDPOINT);
	}

	@Test
	void movesOnFromFilteredContentWhenAsked() {
		CallSettings settings = fallbackOn(EnumSet.of(FailureKind.CONTENT_FILTERED));
		assertThat(decide(settings, StreamRecovery.RESUME, situation(FailureKind.CONTENT_FILTERED, 1, Held.NOTHING),
				RetrySettings.DEFAULTS))
			.isEqualTo(Decision.NEXT_ENDPOINT);
	}

	@Test
	void givesUpOnKindsThatAreNotConfigured() {
		CallSettings settings = fallbackOn(EnumSet.of(FailureKind.TIMED_OUT));
		assertThat(decide(settings, StreamRecovery.RESUME, situation(FailureKind.SERVER_ERROR, 1, Held.NOTHING),
				RetrySettings.DEFAULTS))
			.isEqualTo(Decision.GIVE_UP);
		assertThat(decide(settings, StreamRecovery.RESUME, situation(FailureKind.SERVER_ERROR, 1, Held.TEXT),
				RetrySettings.DEFAULTS))
			.isEqualTo(Decision.INTERRUPT);
		assertThat(decide(settings, StreamRecovery.RESUME, situation(FailureKind.TIMED_OUT, 1, Held.NOTHING),
				RetrySettings.DEFAULTS))
			.isEqualTo(Decision.NEXT_ENDPOINT);
	}

	private static CallSettings fallbackOn(Set<FailureKind> kinds) {
		return CallSettings.builder().fallbackOn(kinds).build();
	}

	private static Situation situation(FailureKind kind, int attempts, Held held) {
		return new Situation(Failure.of(kind).build(), null, new CallHistory.Effort(attempts, attempts, 1),
				held != Held.NOTHING, false, false, held, true);
	}

	private static Decision decide(Situation situation) {
		return decide(CallSettings.DEFAULTS, StreamRecovery.RESUME, situation, RetrySettings.DEFAULTS);
	}

	private static Decision decide(CallSettings settings, StreamRecovery mode, Situation situation,
			RetrySettings retry) {
		return new FailoverPolicy(settings, mode).decide(situation, retry);
	}

}
