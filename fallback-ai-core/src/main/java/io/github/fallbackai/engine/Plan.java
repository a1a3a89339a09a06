package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Skip;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in a call.
 *
 * @param candidate the candidate to try, {@code null} if none may be tried
 * @param followers the next available candidates after it, two at most, for whom time is
 * kept
 * @param skips the candidates passed over, in chain order
 */
record Plan(@Nullable Candidate candidate, List<Candidate> followers, List<Skip> skips) {

	/** For how many candidates time is kept. */
	static final int MOST_FOLLOWERS = 2;

	Candidate chosen() {
		return Objects.requireNonNull(this.candidate, "no candidate");
	}

	/** The plan in which another candidate goes first and time is kept for the rest. */
	Plan startingWith(Candidate first) {
		if (this.candidate == null || this.candidate.equals(first)) {
			return new Plan(first, this.followers, this.skips);
		}
		List<Candidate> behind = new ArrayList<>(MOST_FOLLOWERS);
		behind.add(this.candidate);
		this.followers.stream().limit(MOST_FOLLOWERS - 1).forEach(behind::add);
		return new Plan(first, behind, this.skips);
	}

	/** The plan in which a follower has its turn. */
	Plan shiftedTo(int follower) {
		return new Plan(this.followers.get(follower), this.followers.subList(follower + 1, this.followers.size()),
				this.skips);
	}

}
