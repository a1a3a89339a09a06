// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.util.concurrent.TimeUnit;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.engine.timing.AttemptClock.Verdict;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import reactor.core.CoreSubscriber;

/**
 * Passes on the events of one attempt, and ends the attempt when its clock says so. A
 * timer is set again only when it fires or when a limit comes nearer, never per event.
 */
public final class AttemptWatch extends DemandWatch<EndpointEvent> {

	private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

	/** If a timer is later than this, the process stood still. */
	private static final long PUNCTUAL = TimeUnit.MILLISECONDS.toNanos(250);

	/** How long the call may take to read what arrived while the process stood still. */
	private static final long CATCHING_UP = TimeUnit.MILLISECONDS.toNanos(100);

	private final AttemptClock clock;

	/** When the timer fires, {@code Long.MAX_VALUE} while none is set. */
	private volatile long timerDue = Long.MAX_VALUE;

	private volatile boolean catchingUp;

	private volatile boolean answered;

	/**
	 * Creates a watch.
	 * @param actual receives the events
	 * @param clock the limits of the attempt
	 */
	public AttemptWatch(CoreSubscriber<? super EndpointEvent> actual, AttemptClock clock) {
		super(actual, clock.scheduler());
		this.clock = clock;
	}

	@Override
	void update(boolean demand) {
		if (demand) {
			this.clock.resume();
		}
		else {
			this.clock.pause();
		}
		setTimerIfSooner();
	}

	@Override
	void arrived(EndpointEvent event) {
		if (event.progress()) {
			if (this.answered) {
				// It goes on, so that was not the end.
				this.answered = false;
			}
			boolean changed = this.clock.progress();
			if (event instanceof EndpointEvent.SilentWork work) {
				changed |= this.clock.works(work.goesOn());
			}
			if (changed) {
				changed();
			}
		}
		else if (event instanceof EndpointEvent.InOnePiece) {
			this.clock.inOnePiece();
		}
		else if (event instanceof EndpointEvent.Finished) {
			this.answered = true;
			this.clock.answered();
			changed();
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.answered) {
			// The answer is complete, whatever happens to its connection.
			onComplete();
		}
		else {
			super.onError(error);
		}
	}

	@Override
	void onTimer() {
		// Before the clock is read, so that an event that arrives now sets the timer.
		long due = this.timerDue;
		this.timerDue = Long.MAX_VALUE;
		Verdict verdict = stoodStill(due) ? Verdict.RUNNING : this.clock.verdict();
		if (verdict != Verdict.RUNNING && endIfQuiet()) {
			source().cancel();
			conclude(verdict);
		}
		else {
			changed();
		}
	}

	/**
	 * Whether this process was slow, and not the endpoint. After a long garbage
	 * collection or a suspended machine, the answer may have arrived but is unread. True
	 * only once in a row.
	 */
	private boolean stoodStill(long due) {
		this.catchingUp = !this.catchingUp && now() - due > PUNCTUAL;
		return this.catchingUp;
	}

	private void conclude(Verdict verdict) {
		switch (verdict) {
			case ANSWERED -> actual().onComplete();
			case CUT_SHORT -> fail(Failure.of(FailureKind.TIMED_OUT).notTheEndpointsFault());
			default -> fail(Failure.of(FailureKind.TIMED_OUT));
		}
	}

	private void fail(Failure.Builder failure) {
		actual().onError(new EndpointException(failure.build()));
	}

	/** While the clock is paused, no timer is needed: demand sets it. */
	private void setTimerIfSooner() {
		long left = this.clock.nanosLeft();
		if (left == Long.MAX_VALUE) {
			return;
		}
		long wait = Math.max(left, this.catchingUp ? CATCHING_UP : SHORTEST_WAIT);
		long due = now() + wait;
		if (due < this.timerDue) {
			this.timerDue = due;
			wakeIn(wait);
		}
	}

}
