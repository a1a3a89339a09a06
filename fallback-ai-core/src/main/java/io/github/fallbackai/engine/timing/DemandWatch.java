// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Passes elements on and knows whether there is demand for more. It may end the stream
 * while no element is being passed on. One timer at a time.
 *
 * @param <T> type of the elements, which need no release
 */
abstract class DemandWatch<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicIntegerFieldUpdater<DemandWatch> STATE = AtomicIntegerFieldUpdater
		.newUpdater(DemandWatch.class, "state");

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<DemandWatch> REQUESTED = AtomicLongFieldUpdater
		.newUpdater(DemandWatch.class, "requested");

	private static final int QUIET = 0;

	private static final int EMITTING = 1;

	private static final int ENDED = 2;

	private final CoreSubscriber<? super T> actual;

	private final Scheduler scheduler;

	private final AtomicInteger changes = new AtomicInteger();

	private final Disposable.Swap timer = Disposables.swap();

	private volatile @Nullable Subscription upstream;

	private volatile int state;

	private volatile long requested;

	DemandWatch(CoreSubscriber<? super T> actual, Scheduler scheduler) {
		this.actual = actual;
		this.scheduler = scheduler;
	}

	/**
	 * Something changed: the demand, or what {@link #arrived} or {@link #onTimer} saw.
	 * Called by one thread at a time, and again if something changed meanwhile.
	 * @param demand whether there is demand
	 */
	abstract void update(boolean demand);

	/** The timer fired. */
	abstract void onTimer();

	/** An element arrived and is passed on next. */
	void arrived(T element) {
	}

	@Override
	public final Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public final void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		if (ended()) {
			subscription.cancel();
		}
		this.actual.onSubscribe(this);
		changed();
	}

	@Override
	public final void request(long n) {
		if (Operators.validate(n)) {
			if (Operators.addCap(REQUESTED, this, n) == 0) {
				changed();
			}
			source().request(n);
		}
	}

	@Override
	public final void onNext(T element) {
		if (!STATE.compareAndSet(this, QUIET, EMITTING)) {
			Operators.onNextDropped(element, currentContext());
			return;
		}
		arrived(element);
		this.actual.onNext(element);
		if (Operators.produced(REQUESTED, this, 1) == 0) {
			changed();
		}
		STATE.compareAndSet(this, EMITTING, QUIET);
	}

	/** Has {@link #update} called, here or by the thread that is calling it. */
	final void changed() {
		if (this.changes.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		while (seen != 0) {
			if (!ended()) {
				update(this.requested != 0);
			}
			seen = this.changes.addAndGet(-seen);
		}
	}

	@Override
	public void onError(Throwable error) {
		if (end()) {
			this.actual.onError(error);
		}
	}

	@Override
	public final void onComplete() {
		if (end()) {
			this.actual.onComplete();
		}
	}

	/** Ends the stream, also one whose source is not there yet. */
	@Override
	public final void cancel() {
		Subscription subscription = end() ? this.upstream : null;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	final boolean end() {
		if (STATE.getAndSet(this, ENDED) == ENDED) {
			return false;
		}
		this.timer.dispose();
		return true;
	}

	/** Ends the stream unless it has ended, or an element is being passed on. */
	final boolean endIfQuiet() {
		return STATE.compareAndSet(this, QUIET, ENDED);
	}

	final boolean ended() {
		return this.state == ENDED;
	}

	final void wakeIn(long nanos) {
		this.timer.update(this.scheduler.schedule(this::onTimer, nanos, TimeUnit.NANOSECONDS));
	}

	final long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	final CoreSubscriber<? super T> actual() {
		return this.actual;
	}

	final Subscription source() {
		Subscription subscription = this.upstream;
		if (subscription == null) {
			throw new IllegalStateException("not subscribed");
		}
		return subscription;
	}

}
