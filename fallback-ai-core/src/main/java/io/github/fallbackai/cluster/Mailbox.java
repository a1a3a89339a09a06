// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs actions one after another in the order of their arrival, on a thread that posts
 * them. No thread waits and no lock is held, so an action may call any code.
 */
final class Mailbox {

	private static final Logger logger = LoggerFactory.getLogger(Mailbox.class);

	private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

	private final AtomicInteger unfinished = new AtomicInteger();

	/** Runs an action now, or after those under way. */
	void post(Runnable action) {
		this.actions.add(action);
		if (this.unfinished.getAndIncrement() != 0) {
			return;
		}
		int done = 1;
		while (done != 0) {
			for (int i = 0; i < done; i++) {
				run(this.actions.remove());
			}
			done = this.unfinished.addAndGet(-done);
		}
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException | Error ex) {
			// Any error: an action that fails must not keep the next ones from running.
			logger.error("An endpoint could not be kept in step with other instances", ex);
		}
	}

}
