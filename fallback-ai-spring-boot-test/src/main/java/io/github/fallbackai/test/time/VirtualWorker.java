// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.time;

import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.Exceptions;
import reactor.core.scheduler.Scheduler;

/**
 * The timers of one user of the scheduler, which end together. They run in their order
 * because there is only one thread.
 */
final class VirtualWorker implements Scheduler.Worker {

	private final Scheduler scheduler;

	private final Disposable.Composite timers = Disposables.composite();

	VirtualWorker(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	@Override
	public Disposable schedule(Runnable task) {
		return added(this.scheduler.schedule(task));
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		return added(this.scheduler.schedule(task, delay, unit));
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		return added(this.scheduler.schedulePeriodically(task, initialDelay, period, unit));
	}

	@Override
	public void dispose() {
		this.timers.dispose();
	}

	@Override
	public boolean isDisposed() {
		return this.timers.isDisposed();
	}

	private Disposable added(Disposable timer) {
		if (!this.timers.add(timer)) {
			throw Exceptions.failWithRejected();
		}
		if (timer instanceof Timer single) {
			single.onEnd(() -> this.timers.remove(timer));
		}
		return timer;
	}

}
