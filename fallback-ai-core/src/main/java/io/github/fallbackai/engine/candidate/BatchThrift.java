// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.EnumSet;
import java.util.Set;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Keeps batch calls from endpoints that are more expensive than one that is only busy.
 * Belongs to one plan.
 */
public final class BatchThrift {

	/** What a busy endpoint says. */
	private static final Set<FailureKind> BUSY = EnumSet.of(FailureKind.RATE_LIMITED, FailureKind.OVERLOADED);

	private @Nullable Candidate busy;

	/**
	 * Notes whether a candidate will soon have a place for the call.
	 * @param broken whether it failed for another reason, so that a place there does not
	 * help the call
	 */
	public void look(Candidate candidate, Availability availability, boolean broken) {
		if (isBusy(availability, broken) && (this.busy == null || !PriceOrder.dearer(candidate, this.busy))) {
			this.busy = candidate;
		}
	}

	/** Whether an endpoint that fails so only has too much to do. */
	public static boolean meansBusy(FailureKind kind) {
		return BUSY.contains(kind);
	}

	private static boolean isBusy(Availability availability, boolean broken) {
		if (availability.skipReason() == SkipReason.CONCURRENCY_LIMIT) {
			return !broken;
		}
		return availability.skipReason() == SkipReason.COOLING_DOWN && !availability.soft()
				&& availability.cause() != null && meansBusy(availability.cause());
	}

	/** Whether a later candidate is too expensive for the call. */
	public boolean keepsFrom(Candidate candidate) {
		return this.busy != null && candidate != this.busy && PriceOrder.dearer(candidate, this.busy);
	}

}
