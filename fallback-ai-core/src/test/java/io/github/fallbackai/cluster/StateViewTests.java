// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each also shortly before the nanoseconds wrap, where ends are smaller than now. */
class StateViewTests {

	private static final EndpointId ID = new EndpointId("a", "fingerprint");

	private static final Version VERSION = new Version(7, 3);

	private static final long SOON_WRAPS = Long.MAX_VALUE - 500_000_000;

	@ParameterizedTest
	@ValueSource(longs = { 0, SOON_WRAPS })
	void saysHowLongWhatItKnowsLasts(long now) {
		StateView view = StateView.of(state(VERSION, open(2, 60), coolDown(60)), now);
		long later = now + Duration.ofSeconds(20).toNanos();
		assertThat(view.at(ID, later))
			.isEqualTo(state(VERSION, open(2, 40), new CoolDown(FailureKind.RATE_LIMITED, Duration.ofSeconds(40))));
		long end = now + Duration.ofMinutes(1).toNanos();
		assertThat(view.coolDown(end - 1)).isNotNull();
		assertThat(view.coolDown(end)).isNull();
		assertThat(view.verdict(end + 1)).isEqualTo(open(2, 0));
		assertThat(StateView.of(state(VERSION, closed(0), null), now).at(ID, later))
			.isEqualTo(state(VERSION, closed(0), null));
	}

	@ParameterizedTest
	@CsvSource({ "30, 60, 30", "60, 30, 30", "60, 60, 60" })
	void theEarlierEndOfAStateThatIsToldAgainHolds(long before, long again, long expected) {
		for (long now : new long[] { 0, SOON_WRAPS }) {
			StateView view = StateView.of(state(VERSION, open(1, again), coolDown(again)), now)
				.noLaterThan(StateView.of(state(VERSION, open(1, before), coolDown(before)), now), now);
			assertThat(view.at(ID, now)).isEqualTo(state(VERSION, open(1, expected), coolDown(expected)));
		}
	}

	@Test
	void aCoolDownThatIsOverDoesNotComeBackWithAStateThatIsToldAgain() {
		StateView before = StateView.of(state(VERSION, closed(0), coolDown(1)), 0);
		long now = Duration.ofSeconds(1).toNanos();
		StateView view = StateView.of(state(VERSION, closed(0), coolDown(60)), now).noLaterThan(before, now);
		assertThat(view.coolDown(now)).isNull();
		assertThat(view.coolDownCause()).isNull();
	}

	@Test
	void onlyAVerdictThatSaysSomethingElseMakesAnotherState() {
		StateView closed = StateView.of(state(VERSION, closed(0), coolDown(60)), 0);
		assertThat(closed.withVerdict(closed(0), 5)).isSameAs(closed);
		assertThat(closed.withVerdict(closed(1), 0).openings()).isEqualTo(1);
		StateView open = closed.withVerdict(open(1, 30), 0);
		assertThat(open.at(ID, 0)).isEqualTo(state(VERSION, open(1, 30), coolDown(60)));
		assertThat(open.withVerdict(open(1, 40), 0).verdict(0)).isEqualTo(open(1, 40));
		assertThat(open.withVerdict(closed(1), 0).open()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "60, 60, 60", "60, 61, 60", "60, 62, 62", "60, 30, 60", "0, 5, 5" })
	void aCoolDownIsToldAgainIfItLastsMoreThanASecondLonger(long known, long theirs, long expected) {
		for (long now : new long[] { 0, SOON_WRAPS }) {
			StateView view = StateView.of(state(VERSION, closed(0), (known > 0) ? coolDown(known) : null), now);
			assertThat(view.withCoolDown(coolDown(theirs), now).coolDown(now)).isEqualTo(coolDown(expected));
			assertThat(view.withCoolDown(null, now)).isSameAs(view);
		}
	}

	@Test
	void aCoolDownThatIsOverIsReplacedByAnyOther() {
		StateView over = StateView.of(state(VERSION, closed(0), coolDown(60)), 0);
		long now = Duration.ofSeconds(60).toNanos();
		assertThat(over.withCoolDown(coolDown(1), now).coolDown(now)).isEqualTo(coolDown(1));
	}

	@Test
	void withoutCoolDownEverythingElseStays() {
		StateView view = StateView.of(state(VERSION, open(1, 30), coolDown(60)), 0);
		assertThat(view.withoutCoolDown(0).at(ID, 0)).isEqualTo(state(VERSION, open(1, 30), null));
		StateView none = StateView.of(state(VERSION, open(1, 30), null), 0);
		assertThat(none.withoutCoolDown(9)).isSameAs(none);
	}

	@ParameterizedTest
	@CsvSource({ "60, 58, true", "60, 59, false", "60, 60, false", "60, 90, false" })
	void aCoolDownOfTheSameEpochEndedIfTheLaterStateHasAnEarlierEnd(long known, long later, boolean ended) {
		for (long now : new long[] { 0, SOON_WRAPS }) {
			StateView view = StateView.of(state(VERSION, closed(0), coolDown(known)), now);
			EndpointState next = state(VERSION.next(), closed(0), coolDown(later));
			assertThat(view.coolDownEndedBefore(StateView.of(next, now))).isEqualTo(ended);
			EndpointState elsewhere = state(new Version(8, 1), closed(0), coolDown(later));
			assertThat(view.coolDownEndedBefore(StateView.of(elsewhere, now))).isFalse();
			StateView none = StateView.of(state(VERSION, closed(0), null), now);
			assertThat(none.coolDownEndedBefore(StateView.of(next, now))).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "60, 60, true", "60, 61, true", "60, 62, false", "60, 30, true" })
	void knowsACoolDownThatIsNotMoreThanASecondLonger(long known, long later, boolean knows) {
		for (long now : new long[] { 0, SOON_WRAPS }) {
			StateView view = StateView.of(state(VERSION, closed(0), coolDown(known)), now);
			assertThat(view.knowsCoolDownOf(StateView.of(state(VERSION, closed(0), coolDown(later)), now)))
				.isEqualTo(knows);
		}
	}

	@Test
	void statesSayTheSameApartFromTheTime() {
		StateView view = StateView.of(state(VERSION, open(1, 30), coolDown(60)), 0);
		assertThat(view.saysTheSame(state(VERSION, open(1, 10), coolDown(20)), 0)).isTrue();
		assertThat(view.saysTheSame(state(VERSION.next(), open(1, 30), coolDown(60)), 0)).isFalse();
		assertThat(view.saysTheSame(state(VERSION, open(2, 30), coolDown(60)), 0)).isFalse();
		assertThat(view.saysTheSame(state(VERSION, closed(1), coolDown(60)), 0)).isFalse();
		assertThat(view.saysTheSame(state(VERSION, open(1, 30), null), 0)).isFalse();
		CoolDown other = new CoolDown(FailureKind.QUOTA_EXHAUSTED, Duration.ofMinutes(1));
		assertThat(view.saysTheSame(state(VERSION, open(1, 30), other), 0)).isFalse();
		StateView none = StateView.of(state(VERSION, open(1, 30), null), 0);
		assertThat(none.saysTheSame(state(VERSION, open(1, 30), null), 0)).isTrue();
		assertThat(none.saysTheSame(state(VERSION, open(1, 30), coolDown(60)), 0)).isFalse();
	}

	private static EndpointState state(Version version, BreakerVerdict verdict, CoolDown coolDown) {
		return new EndpointState(ID, version, verdict, coolDown, "elsewhere");
	}

	private static BreakerVerdict open(int openings, long seconds) {
		return new BreakerVerdict(true, openings, Duration.ofSeconds(seconds));
	}

	private static BreakerVerdict closed(int openings) {
		return new BreakerVerdict(false, openings, Duration.ZERO);
	}

	private static CoolDown coolDown(long seconds) {
		return new CoolDown(FailureKind.RATE_LIMITED, Duration.ofSeconds(seconds));
	}

}
