// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint that refuses everything is noticed once, and one wrong request is not its
 * fault.
 */
class RefusalStreakTests {

	private final RefusalStreak streak = new RefusalStreak();

	@Test
	void isNoticedOnceAfterManyDifferentRequests() {
		for (int request = 1; request < RefusalStreak.SUSPICIOUS; request++) {
			assertThat(this.streak.refused(request)).isFalse();
		}
		assertThat(this.streak.suspicious()).isFalse();
		assertThat(this.streak.refused(RefusalStreak.SUSPICIOUS)).isTrue();
		assertThat(this.streak.refused(99)).isFalse();
		assertThat(this.streak.suspicious()).isTrue();
	}

	@Test
	void isNotNoticedForOneRequestThatComesAgainAndAgain() {
		for (int time = 0; time < 100; time++) {
			assertThat(this.streak.refused(7)).isFalse();
		}
	}

	@Test
	void isNoticedWhenOthersAnswerWhatItRefuses() {
		int noticed = 0;
		for (int time = 0; time < 2 * RefusalStreak.SUSPICIOUS; time++) {
			noticed += this.streak.refused(7) ? 1 : 0;
			noticed += this.streak.answeredElsewhere() ? 1 : 0;
		}
		assertThat(noticed).isEqualTo(1);
	}

	@Test
	void endsWithTheFirstAnswer() {
		for (int request = 0; request < RefusalStreak.SUSPICIOUS; request++) {
			this.streak.refused(request);
		}
		assertThat(this.streak.answered()).isTrue();
		assertThat(this.streak.suspicious()).isFalse();
		assertThat(this.streak.answered()).isFalse();
		assertThat(this.streak.refused(1)).isFalse();
	}

}
