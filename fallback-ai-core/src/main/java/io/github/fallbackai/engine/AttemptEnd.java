// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The end of one attempt, and what the attempt gives back then. Several threads may want
 * to end it: the first one does, and the others learn that it has ended.
 */
final class AttemptEnd {

	private final Candidate candidate;

	private final Permit permit;

	private final Bill bill;

	private final AttemptObserver observer;

	private final AtomicReference<@Nullable Attempt> reached = new AtomicReference<>();

	AttemptEnd(Candidate candidate, Permit permit, Bill bill, AttemptObserver observer) {
		this.candidate = candidate;
		this.permit = permit;
		this.bill = bill;
		this.observer = observer;
	}

	Candidate candidate() {
		return this.candidate;
	}

	Permit permit() {
		return this.permit;
	}

	Bill bill() {
		return this.bill;
	}

	AttemptObserver observer() {
		return this.observer;
	}

	/** How the attempt ended, {@code null} while it runs. */
	@Nullable Attempt reached() {
		return this.reached.get();
	}

	/**
	 * Ends the attempt, unless it has ended before.
	 * @param attempt how it ends
	 * @param failure how it fails, {@code null} if it does not
	 * @param verdict closes the permit
	 * @return whether the attempt ends here
	 */
	boolean reach(Attempt attempt, @Nullable Failure failure, Consumer<Permit> verdict) {
		if (!this.reached.compareAndSet(null, attempt)) {
			return false;
		}
		try {
			verdict.accept(this.permit);
		}
		finally {
			leave(attempt, failure);
		}
		return true;
	}

	private void leave(Attempt attempt, @Nullable Failure failure) {
		try {
			this.bill.settle(attempt.cost());
			this.candidate.callNext();
		}
		finally {
			this.observer.ended(attempt, failure);
		}
	}

}
