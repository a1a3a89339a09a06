package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Skip;
import org.jspecify.annotations.Nullable;

/**
 * A plan as it grows, candidate by candidate.
 */
final class PlanDraft {

	private static final int FOLLOWERS = 2;

	private final List<Candidate> followers = new ArrayList<>(FOLLOWERS);

	private final List<Skip> skips = new ArrayList<>();

	private @Nullable Candidate chosen;

	private @Nullable Candidate revisited;

	private @Nullable Candidate resting;

	/** A candidate may not be tried. */
	void passOver(Skip skip) {
		this.skips.add(skip);
	}

	/** A candidate that was passed over only asked for a pause. */
	void keepForNeed(Candidate candidate) {
		this.resting = (this.resting != null) ? this.resting : candidate;
	}

	/** A candidate may be tried a second time. */
	void revisit(Candidate candidate) {
		this.revisited = (this.revisited != null) ? this.revisited : candidate;
	}

	/** A candidate may be tried. */
	void take(Candidate candidate) {
		if (this.chosen == null) {
			this.chosen = candidate;
		}
		else if (this.followers.size() < FOLLOWERS) {
			this.followers.add(candidate);
		}
	}

	Plan finish() {
		if (this.chosen != null) {
			if (this.revisited != null && this.followers.size() < FOLLOWERS) {
				this.followers.add(this.revisited);
			}
			return new Plan(this.chosen, this.followers, this.skips);
		}
		Candidate lastResort = this.resting;
		if (this.revisited != null || lastResort == null) {
			return new Plan(this.revisited, this.followers, this.skips);
		}
		// An endpoint that only asked for a pause is still better than none.
		this.skips.removeIf((skip) -> skip.endpoint().equals(lastResort.name()));
		return new Plan(lastResort, List.of(), this.skips);
	}

}
