// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that goes wrong beside the calls, again and again, on a thread of its own.
 */
final class Disturbance implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Disturbance.class);

	private final Dice dice;

	private final int pauseMillis;

	private final List<? extends Trouble> troubles;

	private final AtomicBoolean over = new AtomicBoolean();

	private final LongAdder count = new LongAdder();

	private final Thread thread;

	private volatile String failure = "";

	/**
	 * Begins.
	 * @param name name of the disturbance
	 * @param seed where its random numbers begin
	 * @param pauseMillis how long a trouble lasts at most, and the time between two
	 * @param troubles what may happen
	 */
	Disturbance(String name, long seed, int pauseMillis, List<? extends Trouble> troubles) {
		this.dice = Dice.of(seed, "disturbance", name);
		this.pauseMillis = pauseMillis;
		this.troubles = troubles;
		this.thread = new Thread(this::run, "soak-" + name);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		try {
			while (!this.over.get()) {
				Trouble trouble = this.dice.any(this.troubles);
				trouble.begin(this.dice);
				this.count.increment();
				pause();
				trouble.end();
				pause();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			logger.error("{} ended", this.thread.getName(), ex);
			this.failure = this.thread.getName() + " ended: " + ex;
		}
	}

	private void pause() throws InterruptedException {
		synchronized (this.over) {
			if (!this.over.get()) {
				this.over.wait(1 + this.dice.below(this.pauseMillis));
			}
		}
	}

	long count() {
		return this.count.sum();
	}

	String failure() {
		return this.failure;
	}

	/** Ends when the present trouble is over. */
	@Override
	public void close() {
		synchronized (this.over) {
			this.over.set(true);
			this.over.notifyAll();
		}
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * One thing that goes wrong and comes right again.
	 */
	interface Trouble {

		void begin(Dice dice) throws Exception;

		void end() throws Exception;

	}

}
