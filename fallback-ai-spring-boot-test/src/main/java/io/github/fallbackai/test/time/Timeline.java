// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.time;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The timers in the order of their times, and the time itself: nanoseconds of the
 * system's clock and a shift. While it is moved, it stops at the time of each timer.
 */
final class Timeline {

	private static final Comparator<Entry> ORDER = (one, other) -> {
		int order = Long.signum(one.due() - other.due());
		return (order != 0) ? order : Long.compare(one.number(), other.number());
	};

	private static final long LONGEST = Long.MAX_VALUE / 4;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final PriorityQueue<Entry> entries = new PriorityQueue<>(ORDER);

	private final long begin = System.nanoTime();

	private long shift;

	private long target;

	private boolean moving;

	private boolean closed;

	private long numbers;

	long now() {
		this.lock.lock();
		try {
			return time();
		}
		finally {
			this.lock.unlock();
		}
	}

	long shift() {
		this.lock.lock();
		try {
			return this.shift;
		}
		finally {
			this.lock.unlock();
		}
	}

	long elapsed() {
		return now() - this.begin;
	}

	/** Returns whether the timer was taken. */
	boolean add(Timer timer, long delay) {
		// A limit may be as good as none.
		long bounded = Math.min(Math.max(0, delay), LONGEST);
		this.lock.lock();
		try {
			if (!this.closed) {
				this.entries.add(new Entry(timer, time() + bounded, this.numbers++));
				this.changed.signalAll();
			}
			return !this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	void repeat(Timer timer) {
		add(timer, timer.period());
	}

	void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.moving = false;
			this.entries.clear();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Waits for the next timer that is due; {@code null} at the end of this time. */
	@Nullable Timer next() {
		this.lock.lock();
		try {
			while (!this.closed) {
				Timer due = due();
				if (due != null) {
					return due;
				}
				Entry first = first();
				this.changed.awaitNanos((first != null) ? first.due() - time() : LONGEST);
			}
		}
		catch (InterruptedException ex) {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
		return null;
	}

	private @Nullable Timer due() {
		Entry first = first();
		if (this.moving) {
			boolean within = first != null && first.due() - this.target <= 0;
			long next = (first != null && within) ? first.due() : this.target;
			this.shift += Math.max(0, next - time());
			this.moving = within;
			this.changed.signalAll();
		}
		return (first != null && first.due() - time() <= 0) ? this.entries.remove().timer() : null;
	}

	private long time() {
		return System.nanoTime() + this.shift;
	}

	private @Nullable Entry first() {
		Entry first = this.entries.peek();
		while (first != null && first.timer().isDisposed()) {
			this.entries.remove();
			first = this.entries.peek();
		}
		return first;
	}

	/** Moves the time; returns when all timers until then have run. */
	void advance(long nanos) {
		this.lock.lock();
		try {
			refuseIfClosed();
			this.target = time() + nanos;
			this.moving = true;
			this.changed.signalAll();
			while (this.moving) {
				this.changed.awaitUninterruptibly();
			}
			refuseIfClosed();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void refuseIfClosed() {
		if (this.closed) {
			throw new IllegalStateException("this time has ended");
		}
	}

	/**
	 * A timer at its place.
	 *
	 * @param timer the timer
	 * @param due when it runs
	 * @param number in which order they came
	 */
	private record Entry(Timer timer, long due, long number) {
	}

}
