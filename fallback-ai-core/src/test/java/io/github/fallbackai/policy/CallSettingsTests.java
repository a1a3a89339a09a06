// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.InvalidValueException;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CallSettingsTests {

	@Test
	void haveTheDocumentedDefaults() {
		CallSettings defaults = CallSettings.DEFAULTS;
		assertThat(defaults.deadline()).hasMinutes(2);
		assertThat(defaults.attemptTimeouts()).isEmpty();
		assertThat(defaults.maxAttempts()).isEqualTo(5);
		assertThat(defaults.recovery().mode()).isEqualTo(StreamRecovery.RESUME);
		assertThat(defaults.recovery().scope()).isEqualTo(ModelScope.ANY_MODEL);
		assertThat(defaults.fallbackScope()).isEqualTo(FallbackScope.ANY_MODEL);
		assertThat(defaults.hedge()).isNull();
		assertThat(defaults.waitWhenUnavailable()).isFalse();
		assertThat(defaults.switchDelay()).isZero();
		assertThat(defaults.selection()).isEqualTo(Selection.ORDER);
		assertThat(defaults.sticky()).isTrue();
	}

	@Test
	void holdWhatTheyAreBuiltWith() {
		RecoverySettings recovery = RecoverySettings.DEFAULTS.withMode(StreamRecovery.FAIL);
		HedgeSettings hedge = new HedgeSettings(Duration.ofSeconds(1), 0.5);
		CallSettings settings = CallSettings.builder()
			.deadline(Duration.ofSeconds(9))
			.attemptTimeouts(List.of(Duration.ofSeconds(3), Duration.ofSeconds(2)))
			.maxAttempts(7)
			.fallbackOn(Set.of(FailureKind.TIMED_OUT))
			.recovery(recovery)
			.fallbackScope(FallbackScope.SAME_MODEL)
			.hedge(hedge)
			.waitWhenUnavailable(true)
			.switchDelay(Duration.ofMillis(5))
			.selection(Selection.COST)
			.sticky(false)
			.build();
		assertThat(settings.deadline()).hasSeconds(9);
		assertThat(settings.attemptTimeouts()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(2));
		assertThat(settings.maxAttempts()).isEqualTo(7);
		assertThat(settings.fallbackOn()).containsExactly(FailureKind.TIMED_OUT);
		assertThat(settings.recovery()).isEqualTo(recovery);
		assertThat(settings.fallbackScope()).isEqualTo(FallbackScope.SAME_MODEL);
		assertThat(settings.hedge()).isEqualTo(hedge);
		assertThat(settings.waitWhenUnavailable()).isTrue();
		assertThat(settings.switchDelay()).hasMillis(5);
		assertThat(settings.selection()).isEqualTo(Selection.COST);
		assertThat(settings.sticky()).isFalse();
	}

	static Stream<Arguments> outOfRange() {
		return Stream.of(refused((settings) -> settings.deadline(Duration.ZERO), "deadline: PT0S (expected: > 0)"),
				refused((settings) -> settings.maxAttempts(0), "max-attempts: 0 (expected: >= 1)"),
				refused((settings) -> settings.switchDelay(Duration.ofMillis(-1)),
						"switch-delay: PT-0.001S (expected: >= 0)"),
				refused((settings) -> settings.attemptTimeouts(List.of(Duration.ofSeconds(1), Duration.ZERO)),
						"attempt-timeouts[1]: PT0S (expected: > 0)"));
	}

	@ParameterizedTest
	@MethodSource
	void outOfRange(UnaryOperator<CallSettings.Builder> setting, String message) {
		CallSettings.Builder builder = setting.apply(CallSettings.builder());
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(builder::build).withMessage(message);
	}

	/** Every kind that is neither the caller's fault nor its choice. */
	@ParameterizedTest
	@EnumSource
	void moveOnFromAnEndpointUnlessTheRequestIsAtFault(FailureKind kind) {
		Set<FailureKind> never = EnumSet.of(FailureKind.CONTENT_FILTERED, FailureKind.REFUSED);
		Set<FailureKind> later = EnumSet.of(FailureKind.INVALID_REQUEST);
		assertThat(CallSettings.DEFAULTS.movesOnAfter(kind, true))
			.isEqualTo(!never.contains(kind) && !later.contains(kind));
		assertThat(CallSettings.DEFAULTS.movesOnAfter(kind, false)).isEqualTo(!never.contains(kind));
	}

	/** Alone, they would switch the failover off for every outage. */
	@Test
	void kindsThatAreOffByDefaultAddToTheDefaults() {
		CallSettings refused = CallSettings.builder().fallbackOn(EnumSet.of(FailureKind.REFUSED)).build();
		for (FailureKind kind : FailureKind.values()) {
			boolean first = kind != FailureKind.INVALID_REQUEST;
			assertThat(refused.movesOnAfter(kind, true)).as("%s", kind).isEqualTo(first);
			assertThat(refused.movesOnAfter(kind, false)).as("%s", kind).isTrue();
		}
		CallSettings filtered = CallSettings.builder().fallbackOn(EnumSet.of(FailureKind.CONTENT_FILTERED)).build();
		assertThat(filtered.movesOnAfter(FailureKind.REFUSED, false)).isFalse();
		assertThat(filtered.movesOnAfterRefusals()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "CONTENT_FILTERED", "REFUSED" })
	void moveOnAfterNothingElseThanWhatIsChosen(FailureKind kind) {
		CallSettings chosen = CallSettings.builder().fallbackOn(EnumSet.of(kind)).build();
		for (FailureKind other : FailureKind.values()) {
			assertThat(chosen.movesOnAfter(other, true)).as("%s", other).isEqualTo(other == kind);
			assertThat(chosen.movesOnAfter(other, false)).as("%s", other).isEqualTo(other == kind);
		}
	}

	@Test
	void oneModeOfRecoveryReplacesAnother() {
		RecoverySettings other = new RecoverySettings(StreamRecovery.RESUME, ModelScope.SAME_MODEL, "Go on")
			.withMode(StreamRecovery.RESTART);
		assertThat(other).isEqualTo(new RecoverySettings(StreamRecovery.RESTART, ModelScope.SAME_MODEL, "Go on"));
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> new RecoverySettings(StreamRecovery.RESUME, ModelScope.ANY_MODEL, " \n"))
			.withMessage("continuation-instruction: blank (expected: a value)");
	}

	@Test
	void onlySomeSelectionsShareCalls() {
		assertThat(EnumSet.allOf(Selection.class)).filteredOn(Selection::shares)
			.containsExactly(Selection.WEIGHT, Selection.LATENCY, Selection.ROUND_ROBIN);
	}

	private static Arguments refused(UnaryOperator<CallSettings.Builder> setting, String message) {
		return arguments(setting, message);
	}

}
