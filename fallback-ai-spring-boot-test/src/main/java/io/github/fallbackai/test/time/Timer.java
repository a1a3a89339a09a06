// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.time;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/**
 * One task that waits for its time.
 */
final class Timer implements Disposable, Runnable {

	private static final Logger log = LoggerFactory.getLogger(Timer.class);

	private final Runnable task;

	private final long period;

	private volatile boolean over;

	private volatile @Nullable Runnable listener;

	/**
	 * Creates a timer.
	 * @param task what to do then
	 * @param period nanoseconds between two runs, 0 for a single one
	 */
	Timer(Runnable task, long period) {
		this.task = task;
		this.period = period;
	}

	long period() {
		return this.period;
	}

	boolean isPeriodic() {
		return this.period > 0 && !this.over;
	}

	/** Calls back when this timer will not run again. */
	void onEnd(Runnable listener) {
		this.listener = listener;
		if (this.over) {
			listener.run();
		}
	}

	@Override
	public void run() {
		if (this.over) {
			return;
		}
		try {
			this.task.run();
		}
		catch (RuntimeException | Error ex) {
			log.warn("A timer failed", ex);
		}
		if (this.period == 0) {
			dispose();
		}
	}

	@Override
	public void dispose() {
		this.over = true;
		Runnable listener = this.listener;
		if (listener != null) {
			listener.run();
		}
	}

	@Override
	public boolean isDisposed() {
		return this.over;
	}

}
