// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;

/**
 * What operators decided about an endpoint, in this instance's time.
 *
 * @param disabling why and until when the endpoint is out of use, {@code null} if it is
 * in use
 * @param preference 0 unless preferred
 * @param resets number of resets ever
 */
record DecisionView(@Nullable Disabling disabling, int preference, long resets) {

	static final DecisionView NONE = new DecisionView(null, 0, 0);

	static DecisionView of(OperatorDecision decision, long now) {
		OperatorDecision.Disabling theirs = decision.disabling();
		Disabling mine = (theirs != null) ? Disabling.of(theirs.remaining(), theirs.reason(), now) : null;
		return new DecisionView(mine, decision.preference(), decision.resets());
	}

	/**
	 * The same decision, told again. A later end than before comes from a clock that was
	 * set back, so the earlier one holds.
	 */
	DecisionView noLaterThan(DecisionView before, long now) {
		Disabling mine = this.disabling;
		if (mine == null || mine.endless()) {
			return this;
		}
		Disabling theirs = before.disabling;
		if (theirs == null || !theirs.holds(now)) {
			return new DecisionView(null, this.preference, this.resets);
		}
		return (theirs.endless() || mine.until() - theirs.until() <= 0) ? this
				: new DecisionView(theirs, this.preference, this.resets);
	}

	OperatorDecision.@Nullable Disabling disablingAt(long now) {
		return (this.disabling != null && this.disabling.holds(now)) ? this.disabling.at(now) : null;
	}

	/**
	 * Out of use.
	 *
	 * @param endless whether only an operator ends it
	 * @param until when it ends by itself, in nanoseconds
	 * @param reason why
	 */
	record Disabling(boolean endless, long until, @Nullable String reason) {

		static Disabling of(@Nullable Duration length, @Nullable String reason, long now) {
			return new Disabling(length == null, (length != null) ? now + Nanos.of(length) : now, reason);
		}

		boolean holds(long now) {
			return this.endless || this.until - now > 0;
		}

		OperatorDecision.Disabling at(long now) {
			return new OperatorDecision.Disabling(this.endless ? null : Duration.ofNanos(this.until - now),
					this.reason);
		}

	}

}
