// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.engine.candidate.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * What a call does next. It is decided once, after a failed attempt, and carried out by
 * the next turn. Immutable.
 *
 * @param again the candidate to ask again, {@code null} to follow the plan
 * @param pause how long to wait first
 * @param onlyGroup the only model group that may go on with the answer, {@code null} for
 * any
 * @param recovery how to recover a stream that broke, once an endpoint is found for it,
 * {@code null} if no stream broke
 */
record NextStep(@Nullable Candidate again, Duration pause, @Nullable String onlyGroup,
		@Nullable StreamRecovery recovery) {

	/** Follow the plan at once. */
	static final NextStep FIRST = new NextStep(null, Duration.ZERO, null, null);

	NextStep askAgain(Candidate candidate, Duration pause) {
		return new NextStep(candidate, pause, this.onlyGroup, null);
	}

	NextStep moveOn(Duration pause) {
		return new NextStep(null, pause, this.onlyGroup, null);
	}

	/**
	 * An endpoint of this model group goes on; any endpoint if the group is {@code null}.
	 */
	NextStep resume(@Nullable String onlyGroup, Duration pause) {
		return new NextStep(null, pause, onlyGroup, StreamRecovery.RESUME);
	}

	/**
	 * The answer begins again, after the caller has been told to discard what it holds.
	 */
	NextStep restart(Duration pause) {
		return new NextStep(null, pause, this.onlyGroup, StreamRecovery.RESTART);
	}

	/** The step for the next turn if no attempt started in this one. */
	NextStep unlessStarted() {
		return new NextStep(null, Duration.ZERO, this.onlyGroup, this.recovery);
	}

	/** An attempt started. Only the model group remains of this step. */
	NextStep started() {
		return new NextStep(null, Duration.ZERO, this.onlyGroup, null);
	}

	/** Whether the caller is told to discard what it holds. */
	boolean discards() {
		return this.recovery == StreamRecovery.RESTART;
	}

}
