// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

/**
 * The breaker's part of a permit: the phase it belongs to. The mutable fields are guarded
 * by the breaker's lock.
 */
final class BreakerPermit {

	private final boolean probe;

	private final boolean background;

	private long epoch;

	private boolean judged;

	BreakerPermit(boolean probe, boolean background, long epoch) {
		this.probe = probe;
		this.background = background;
		this.epoch = epoch;
	}

	boolean probe() {
		return this.probe;
	}

	/** Whether no call makes this probe. */
	boolean background() {
		return this.background;
	}

	boolean judged() {
		return this.judged;
	}

	/**
	 * Whether an outcome counts in the phase. A probe that was judged already does not
	 * count again while the breaker is open or half-open.
	 */
	boolean belongsTo(Phase phase) {
		return this.epoch == phase.epoch() && !(this.judged && phase.troubled());
	}

	/**
	 * The probe succeeded. From now on it is an ordinary call of the phase that follows
	 * its own, so that a later cut counts if, and only if, the breaker closed upon this
	 * probe.
	 */
	void markJudged() {
		this.judged = true;
		this.epoch++;
	}

}
