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

	/** Notes whether a candidate will soon have a place for the call. */
	public void look(Candidate candidate, Availability availability) {
		if (isBusy(availability) && (this.busy == null || !PriceOrder.dearer(candidate, this.busy))) {
			this.busy = candidate;
		}
	}

	private static boolean isBusy(Availability availability) {
		if (availability.skipReason() == SkipReason.CONCURRENCY_LIMIT) {
			return true;
		}
		return availability.skipReason() == SkipReason.COOLING_DOWN && !availability.soft()
				&& availability.cause() != null && BUSY.contains(availability.cause());
	}

	/** Whether a later candidate is too expensive for the call. */
	public boolean keepsFrom(Candidate candidate) {
		return this.busy != null && candidate != this.busy && PriceOrder.dearer(candidate, this.busy);
	}

}
