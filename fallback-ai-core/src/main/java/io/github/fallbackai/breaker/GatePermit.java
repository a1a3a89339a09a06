package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.failure.Failure;

/**
 * A permit of a {@link GuardedEndpoint}. Its one atomic cell says how far the attempt is.
 */
final class GatePermit implements Permit {

	/**
	 * No content yet, not closed. Any value that is not negative is the time to first
	 * content in nanoseconds.
	 */
	private static final long WAITING = -1;

	private static final long CLOSED = -2;

	private final GuardedEndpoint gate;

	private final Ticket ticket;

	private final Load load;

	private final long startedAt;

	private final AtomicLong progress = new AtomicLong(WAITING);

	GatePermit(GuardedEndpoint gate, Ticket ticket, Load load, long startedAt) {
		this.gate = gate;
		this.ticket = ticket;
		this.load = load;
		this.startedAt = startedAt;
	}

	@Override
	public boolean probe() {
		return this.ticket.probe();
	}

	@Override
	public void firstContent(Duration timeToFirstContent) {
		long nanos = Math.max(0, timeToFirstContent.toNanos());
		if (this.progress.compareAndSet(WAITING, nanos)) {
			this.gate.firstContent(this.ticket, nanos);
		}
	}

	@Override
	public void exhausted(Duration renewedIn) {
		this.gate.exhausted(renewedIn);
	}

	@Override
	public void succeeded() {
		long last = this.progress.getAndSet(CLOSED);
		if (last != CLOSED) {
			this.gate.succeeded(this.ticket, this.startedAt, duration(last));
			this.gate.left(this.load);
		}
	}

	@Override
	public void failed(Failure failure) {
		long last = this.progress.getAndSet(CLOSED);
		if (last != CLOSED) {
			this.gate.failed(this.ticket, this.startedAt, duration(last), failure);
			this.gate.left(this.load);
		}
	}

	@Override
	public void released() {
		if (this.progress.getAndSet(CLOSED) != CLOSED) {
			this.gate.released(this.ticket);
			this.gate.left(this.load);
		}
	}

	/** Time to first content, or the time that passed without any. */
	private long duration(long last) {
		return (last == WAITING) ? this.gate.elapsedSince(this.startedAt) : last;
	}

}
