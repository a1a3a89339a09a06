// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;

/**
 * Passes on the elements of a source, at once if there is demand, else later. It asks the
 * source for more when all its elements were taken, so that a slow consumer slows the
 * source down. The end of the source comes after its elements. Only one thread at a time
 * adds elements, but any thread may request them.
 *
 * @param <T> type of the elements, which need no release
 */
final class Outlet<T> implements Subscription, Consumer<T> {

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<Outlet> REQUESTED = AtomicLongFieldUpdater.newUpdater(Outlet.class,
			"requested");

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<Outlet> WORK = AtomicIntegerFieldUpdater.newUpdater(Outlet.class,
			"work");

	private static final int QUEUE_LINK = 32;

	private final CoreSubscriber<? super T> actual;

	private final Source source;

	/** How much was asked for in all. */
	private volatile long requested;

	/**
	 * Not zero while a thread passes elements on; it grows if there is something new to
	 * do for that thread.
	 */
	@SuppressWarnings("UnusedVariable")
	private volatile int work;

	/** The number of elements passed on; only the thread that passes on uses it. */
	private long emitted;

	/** What was not asked for yet. */
	private volatile @Nullable Queue<T> waiting;

	/** Whether the thread that adds elements also passes them on. */
	private boolean direct;

	/** Whether the source was asked and has not answered. */
	private volatile boolean asked;

	/** Whether the source was asked for everything. */
	private volatile boolean askedForAll;

	private volatile boolean ended;

	private volatile @Nullable Throwable error;

	private volatile boolean cancelled;

	private boolean terminated;

	Outlet(CoreSubscriber<? super T> actual, Source source) {
		this.actual = actual;
		this.source = source;
	}

	/** The source answers: it adds any number of elements until {@link #close()}. */
	void open() {
		this.asked = this.askedForAll;
		this.direct = WORK.compareAndSet(this, 0, 1);
	}

	@Override
	public void accept(T element) {
		Queue<T> queue = this.waiting;
		if (this.direct && this.emitted != this.requested && (queue == null || queue.isEmpty())) {
			if (!this.cancelled) {
				this.emitted++;
				this.actual.onNext(element);
			}
			return;
		}
		if (queue == null) {
			queue = Queues.<T>unbounded(QUEUE_LINK).get();
			this.waiting = queue;
		}
		queue.offer(element);
	}

	/** The source has added everything that it has now. */
	void close() {
		boolean passingOn = this.direct;
		this.direct = false;
		if (passingOn) {
			passOn();
		}
		else {
			work();
		}
	}

	/**
	 * The source has ended.
	 * @param error why, {@code null} if it ended normally
	 */
	void end(@Nullable Throwable error) {
		this.error = error;
		this.ended = true;
		work();
	}

	/** Whether the consumer left. */
	boolean cancelled() {
		return this.cancelled;
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			Operators.addCap(REQUESTED, this, n);
			work();
		}
	}

	@Override
	public void cancel() {
		if (!this.cancelled) {
			this.cancelled = true;
			this.source.leave();
			work();
		}
	}

	private void work() {
		if (WORK.getAndIncrement(this) == 0) {
			passOn();
		}
	}

	private void passOn() {
		int done = 1;
		while (done != 0) {
			boolean last = this.ended;
			Queue<T> queue = this.waiting;
			boolean empty = queue == null || drained(queue);
			if (this.cancelled) {
				if (queue != null) {
					queue.clear();
				}
			}
			else if (last && empty) {
				terminate();
			}
			else if (!last && empty && this.emitted != this.requested && !this.asked) {
				ask();
			}
			done = WORK.addAndGet(this, -done);
		}
	}

	private boolean drained(Queue<T> queue) {
		while (this.emitted != this.requested && !this.cancelled) {
			T element = queue.poll();
			if (element == null) {
				return true;
			}
			this.emitted++;
			this.actual.onNext(element);
		}
		return queue.isEmpty();
	}

	private void ask() {
		this.asked = true;
		if (this.requested == Long.MAX_VALUE) {
			this.askedForAll = true;
			this.source.ask(Long.MAX_VALUE);
		}
		else {
			this.source.ask(1);
		}
	}

	private void terminate() {
		if (!this.terminated) {
			this.terminated = true;
			Throwable failure = this.error;
			if (failure != null) {
				this.actual.onError(failure);
			}
			else {
				this.actual.onComplete();
			}
		}
	}

	/**
	 * Where the elements come from.
	 */
	interface Source {

		/** There is demand for more. */
		void ask(long n);

		/** There is no demand for anything any more. */
		void leave();

	}

}
