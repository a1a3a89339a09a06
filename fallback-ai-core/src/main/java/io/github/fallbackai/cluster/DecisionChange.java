// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What operators decide on top of earlier decisions. Several decisions one after another
 * are one change.
 *
 * @param restated whether it says if the endpoint is out of use
 * @param disabling why and until when it is, {@code null} if it is not
 * @param preference the new preference, {@code null} for no change
 * @param resets number of further resets
 */
record DecisionChange(boolean restated, DecisionView.@Nullable Disabling disabling, @Nullable Integer preference,
		long resets) {

	static final DecisionChange ENABLED = new DecisionChange(true, null, 0, 0);

	static final DecisionChange RESET = new DecisionChange(false, null, null, 1);

	static DecisionChange disabled(@Nullable Duration length, @Nullable String reason, long now) {
		return new DecisionChange(true, DecisionView.Disabling.of(length, reason, now), null, 0);
	}

	static DecisionChange preferred(int preference) {
		return new DecisionChange(false, null, preference, 0);
	}

	/** This change and then a later one. */
	DecisionChange then(DecisionChange later) {
		return new DecisionChange(this.restated || later.restated, later.restated ? later.disabling : this.disabling,
				(later.preference != null) ? later.preference : this.preference, this.resets + later.resets);
	}

	/** What holds after this change. */
	DecisionView of(DecisionView view) {
		return new DecisionView(this.restated ? this.disabling : view.disabling(),
				(this.preference != null) ? this.preference : view.preference(), view.resets() + this.resets);
	}

}
