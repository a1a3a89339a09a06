package io.github.fallbackai.engine;

import java.util.concurrent.TimeUnit;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.engine.AttemptClock.Verdict;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import reactor.core.CoreSubscriber;

/**
 * Passes on the events of one attempt, and ends the attempt when its clock says so. A
 * timer is set again only when it fires or when a limit comes nearer, never per event.
 */
final class AttemptWatch extends DemandWatch<EndpointEvent> {

	private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

	/** If a timer is later than this, the process stood still. */
	private static final long PUNCTUAL = TimeUnit.MILLISECONDS.toNanos(250);

	/** How long the call may take to read what arrived while the process stood still. */
	private static final long CATCHING_UP = TimeUnit.MILLISECONDS.toNanos(100);

	private final AttemptClock clock;

	private volatile long timerDue = Long.MAX_VALUE;

	private boolean catchingUp;

	private volatile boolean answered;

	AttemptWatch(CoreSubscriber<? super EndpointEvent> actual, AttemptClock clock) {
		super(actual, clock.scheduler());
		this.clock = clock;
	}

	@Override
	void subscribing() {
		this.clock.pause();
	}

	@Override
	void paused() {
		this.clock.pause();
	}

	@Override
	void resumed() {
		this.clock.resume();
		setTimerIfSooner();
	}

	@Override
	void arrived(EndpointEvent event) {
		if (event.progress()) {
			if (this.answered) {
				// It goes on, so that was not the end.
				this.answered = false;
			}
			if (this.clock.progress()) {
				setTimerIfSooner();
			}
		}
		else if (event instanceof EndpointEvent.InOnePiece) {
			this.clock.inOnePiece();
		}
		else if (event instanceof EndpointEvent.Finished) {
			this.answered = true;
			this.clock.answered();
			setTimerIfSooner();
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
		if (stoodStill()) {
			setTimer(CATCHING_UP);
			return;
		}
		Verdict verdict = this.clock.verdict();
		if (verdict != Verdict.RUNNING && endIfQuiet()) {
			source().cancel();
			conclude(verdict);
		}
		else if (!ended()) {
			setTimer();
		}
	}

	/**
	 * Whether this process was slow, and not the endpoint. After a long garbage
	 * collection or a suspended machine, the answer may have arrived but is unread. True
	 * only once in a row.
	 */
	private boolean stoodStill() {
		this.catchingUp = !this.catchingUp && now() - this.timerDue > PUNCTUAL;
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

	private void setTimerIfSooner() {
		long left = this.clock.nanosLeft();
		if (left != Long.MAX_VALUE && now() + left < this.timerDue) {
			setTimer();
		}
	}

	private void setTimer() {
		long left = this.clock.nanosLeft();
		if (left == Long.MAX_VALUE) {
			// The clock is paused. The timer is set when there is demand again, which may
			// be now.
			this.timerDue = Long.MAX_VALUE;
			setTimerIfSooner();
			return;
		}
		setTimer(Math.max(left, SHORTEST_WAIT));
	}

	private void setTimer(long wait) {
		this.timerDue = now() + wait;
		wakeIn(wait);
	}

}
