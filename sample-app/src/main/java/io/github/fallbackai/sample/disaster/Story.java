// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.disaster;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.sample.provider.ChaosMode;

/**
 * What happens to the first provider, and when.
 *
 * @param length how long all of it takes
 */
record Story(Duration length) {

	private static final int PARTS = 30;

	/** What happens, in order. */
	List<Step> steps() {
		return List.of(step(ChaosMode.HEALTHY, "All is well.", 3),
				step(ChaosMode.RATE_LIMITED, "The provider says 429: too many requests.", 8),
				step(ChaosMode.BROKEN, "The provider says 500: internal server error.", 8),
				step(ChaosMode.HANG, "The provider accepts requests and says nothing.", 8),
				step(ChaosMode.HEALTHY, "The provider is back.", 3));
	}

	/** How long the plain client waits before its first retry. */
	Duration backoff() {
		return part(1).dividedBy(2);
	}

	/** How long the plain client waits for a word. */
	Duration patience() {
		return part(PARTS / 3);
	}

	private Step step(ChaosMode mode, String title, int parts) {
		return new Step(mode, title, part(parts));
	}

	private Duration part(int parts) {
		return this.length.multipliedBy(parts).dividedBy(PARTS);
	}

	/**
	 * One thing that happens.
	 *
	 * @param mode what the provider does
	 * @param title the same in words
	 * @param length how long it does so
	 */
	record Step(ChaosMode mode, String title, Duration length) {

	}

}
