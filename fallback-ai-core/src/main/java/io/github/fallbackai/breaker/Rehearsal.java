// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a gate apart from other instances while an operator rehearses a failure of its
 * endpoint, and until the effects of that are over. Safe for use by several threads.
 */
final class Rehearsal {

	/** An attempt that the rehearsal broke may be about to be recorded. */
	private static final long SETTLING = Duration.ofSeconds(1).toNanos();

	private final AtomicReference<@Nullable BooleanSupplier> running = new AtomicReference<>();

	private final LongSupplier clock;

	/** The breaker opened, and did not close since then. */
	private volatile boolean open;

	/** The gate is apart until this moment at least. */
	private final AtomicLong until = new AtomicLong();

	/**
	 * A gate without a rehearsal.
	 * @param clock monotonic nanoseconds
	 */
	Rehearsal(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Begins a rehearsal, or goes on with another one.
	 * @param running whether it still runs
	 * @param troubled whether the breaker is not closed, or a cool-down is under way
	 * @return whether it begins; it does not if the endpoint has a failure of its own
	 */
	boolean begin(BooleanSupplier running, boolean troubled) {
		boolean goesOn = apart();
		if (!goesOn && troubled) {
			return false;
		}
		long settled = this.clock.getAsLong() + SETTLING;
		this.until.updateAndGet((known) -> (goesOn && known - settled > 0) ? known : settled);
		this.running.set(running);
		return true;
	}

	/** The rehearsal runs no longer. */
	void ended() {
		lasts(this.clock.getAsLong() + SETTLING);
	}

	/** Whether the gate is apart from other instances. */
	boolean apart() {
		BooleanSupplier current = this.running.get();
		if (current == null) {
			return false;
		}
		return current.getAsBoolean() || this.open || this.clock.getAsLong() - this.until.get() < 0
				|| !this.running.compareAndSet(current, null);
	}

	/** The breaker opened; returns whether other instances must not know. */
	boolean opened() {
		boolean apart = apart();
		this.open = apart;
		return apart;
	}

	/** The breaker is closed. */
	void closed() {
		this.open = false;
	}

	/** A cool-down began; returns whether other instances must not know. */
	boolean cooled(long end) {
		boolean apart = apart();
		if (apart) {
			lasts(end);
		}
		return apart;
	}

	private void lasts(long moment) {
		this.until.updateAndGet((known) -> (known - moment > 0) ? known : moment);
	}

}
