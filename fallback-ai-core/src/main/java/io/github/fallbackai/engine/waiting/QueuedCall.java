// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.waiting;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.engine.candidate.Candidate;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * One call in the queues of the places that it waits for. Safe for use by several
 * threads: it may be called, and leave, at any moment.
 */
final class QueuedCall implements Runnable {

	private final WaitTarget wait;

	private final Load load;

	private final MonoSink<Void> sink;

	private final Scheduler scheduler;

	private final Disposable.Composite timers = Disposables.composite();

	private final AtomicBoolean called = new AtomicBoolean();

	private volatile boolean gone;

	QueuedCall(WaitTarget wait, Load load, MonoSink<Void> sink, Scheduler scheduler) {
		this.wait = wait;
		this.load = load;
		this.sink = sink;
		this.scheduler = scheduler;
	}

	/** Joins the queues, unless the caller has left meanwhile. */
	void begin() {
		this.sink.onDispose(this::leave);
		this.timers.add(Mono.delay(this.wait.limit(), this.scheduler).subscribe((tick) -> this.sink.success()));
		this.wait.places().forEach((place) -> place.joinQueue(this, this.load));
		if (this.gone) {
			leave();
		}
		// If a place became free before the call joined, the call was not told.
		else if (!this.wait.places().stream().allMatch((place) -> place.full(this.load))) {
			run();
		}
	}

	/** There may be a place, or the call has to wait for something else. */
	@Override
	public void run() {
		if (this.gone) {
			this.wait.places().forEach(Candidate::callNext);
		}
		else if (this.called.compareAndSet(false, true)) {
			// On another thread, because a call that gives a place back must not run the
			// next call.
			this.timers.add(this.scheduler.schedule(this.sink::success));
		}
	}

	private void leave() {
		this.gone = true;
		this.timers.dispose();
		this.wait.places().forEach((place) -> place.leaveQueue(this, this.load));
	}

}
