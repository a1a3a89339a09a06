// SPDX-License-Identifier: Apache-2.0
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

	private final List<Candidate> followers = new ArrayList<>(Plan.MOST_FOLLOWERS);

	private final List<Skip> skips = new ArrayList<>();

	private @Nullable Candidate chosen;

	private @Nullable Candidate revisited;

	private @Nullable Candidate lastResort;

	/** A candidate may not be tried. */
	void passOver(Skip skip) {
		this.skips.add(skip);
	}

	/** A skipped candidate is still better than none. */
	void keepAsLastResort(Candidate candidate) {
		this.lastResort = (this.lastResort != null) ? this.lastResort : candidate;
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
		else if (this.followers.size() < Plan.MOST_FOLLOWERS) {
			this.followers.add(candidate);
		}
	}

	Plan finish() {
		if (this.chosen != null) {
			if (this.revisited != null && this.followers.size() < Plan.MOST_FOLLOWERS) {
				this.followers.add(this.revisited);
			}
			return new Plan.Ask(this.chosen, this.followers, this.skips);
		}
		if (this.revisited != null) {
			return new Plan.Ask(this.revisited, List.of(), this.skips);
		}
		Candidate left = this.lastResort;
		if (left == null) {
			return new Plan.NoneLeft(this.skips);
		}
		this.skips.removeIf((skip) -> skip.endpoint().equals(left.name()));
		return new Plan.Ask(left, List.of(), this.skips);
	}

}
