// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Scheduler;

/**
 * A scheduler with one thread and a clock that can be moved.
 */
final class VirtualScheduler implements Scheduler {

	private final Timeline timeline = new Timeline();

	private final Object advancing = new Object();

	private final Thread thread = new TimerThread(this::run);

	VirtualScheduler() {
		this.thread.start();
	}

	void advance(Duration duration) {
		if (Thread.currentThread() == this.thread) {
			throw new IllegalStateException("a timer cannot move the time that it waits for");
		}
		synchronized (this.advancing) {
			this.timeline.advance(duration.toNanos());
		}
	}

	Duration elapsed() {
		return Duration.ofNanos(this.timeline.elapsed());
	}

	@Override
	public long now(TimeUnit unit) {
		// Both of these are what other schedulers have, so that times can be compared.
		return (unit.compareTo(TimeUnit.MILLISECONDS) < 0) ? unit.convert(this.timeline.now(), TimeUnit.NANOSECONDS)
				: unit.convert(System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(this.timeline.shift()),
						TimeUnit.MILLISECONDS);
	}

	@Override
	public Disposable schedule(Runnable task) {
		return schedule(task, 0, TimeUnit.NANOSECONDS);
	}

	@Override
	public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
		Timer timer = new Timer(task, 0);
		if (!this.timeline.add(timer, unit.toNanos(delay))) {
			throw Exceptions.failWithRejected();
		}
		return timer;
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		Timer timer = new Timer(task, Math.max(1, unit.toNanos(period)));
		if (!this.timeline.add(timer, unit.toNanos(initialDelay))) {
			throw Exceptions.failWithRejected();
		}
		return timer;
	}

	@Override
	public Worker createWorker() {
		return new VirtualWorker(this);
	}

	@Override
	public void dispose() {
		this.timeline.close();
	}

	@Override
	public boolean isDisposed() {
		return this.timeline.isClosed();
	}

	private void run() {
		Timer timer = this.timeline.next();
		while (timer != null) {
			timer.run();
			if (timer.isPeriodic()) {
				this.timeline.repeat(timer);
			}
			timer = this.timeline.next();
		}
	}

	/**
	 * A thread on which Reactor lets nothing block.
	 */
	private static final class TimerThread extends Thread implements NonBlocking {

		TimerThread(Runnable task) {
			super(task, "fallback-ai-virtual-time");
			setDaemon(true);
		}

	}

}
