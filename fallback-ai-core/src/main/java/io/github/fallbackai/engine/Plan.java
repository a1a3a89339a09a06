// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Skip;

/**
 * Which endpoint a call asks next, if there is one.
 */
sealed interface Plan {

	/** For how many candidates time is kept. */
	int MOST_FOLLOWERS = 2;

	/** The skipped candidates, in chain order. */
	List<Skip> skips();

	/**
	 * The same plan, in which another candidate goes first and time is kept for the rest.
	 */
	Ask startingWith(Candidate first);

	/**
	 * A candidate is asked.
	 *
	 * @param candidate the candidate
	 * @param followers the next available candidates after it, two at most, for which
	 * time is kept
	 * @param skips the skipped candidates, in chain order
	 */
	record Ask(Candidate candidate, List<Candidate> followers, List<Skip> skips) implements Plan {

		@Override
		public Ask startingWith(Candidate first) {
			if (this.candidate.equals(first)) {
				return this;
			}
			List<Candidate> behind = new ArrayList<>(MOST_FOLLOWERS);
			behind.add(this.candidate);
			this.followers.stream().limit(MOST_FOLLOWERS - 1).forEach(behind::add);
			return new Ask(first, behind, this.skips);
		}

		/** The plan in which a follower is asked. */
		Ask shiftedTo(int follower) {
			return new Ask(this.followers.get(follower), this.followers.subList(follower + 1, this.followers.size()),
					this.skips);
		}

	}

	/**
	 * No candidate may be asked at present.
	 *
	 * @param skips the skipped candidates, in chain order
	 */
	record NoneLeft(List<Skip> skips) implements Plan {

		@Override
		public Ask startingWith(Candidate first) {
			return new Ask(first, List.of(), this.skips);
		}

	}

}
