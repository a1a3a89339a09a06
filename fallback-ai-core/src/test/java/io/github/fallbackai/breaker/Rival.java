// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import org.awaitility.Awaitility;

/**
 * A thread that acts in the middle of what another thread does, unless it has to wait
 * until that one is done.
 */
final class Rival {

	private final Thread thread;

	private boolean started;

	Rival(Runnable action) {
		this.thread = new Thread(action, "rival");
		this.thread.setDaemon(true);
	}

	/** Starts the thread at the first call and returns once it is done or has to wait. */
	void intervene() {
		if (this.started) {
			return;
		}
		this.started = true;
		this.thread.start();
		Awaitility.await().until(() -> switch (this.thread.getState()) {
			case BLOCKED, WAITING, TERMINATED -> true;
			default -> false;
		});
	}

	void join() throws InterruptedException {
		this.thread.join(10_000);
	}

}
