// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.EventExecutor;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/**
 * Measures for how long an event loop works on one thing: its own time on a processor
 * between two looks. What else the machine does meanwhile does not count.
 */
final class LoopWatch implements Runnable {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final EventExecutor loop;

	private final AtomicLong held = new AtomicLong();

	private long before = -1;

	private LoopWatch(EventExecutor loop) {
		this.loop = loop;
	}

	/** Watches all event loops of servers. */
	static List<LoopWatch> all() {
		List<LoopWatch> all = new ArrayList<>();
		for (EventExecutor loop : HttpResources.get().onServer(LoopResources.DEFAULT_NATIVE)) {
			LoopWatch watch = new LoopWatch(loop);
			loop.execute(watch);
			all.add(watch);
		}
		return all;
	}

	@Override
	public void run() {
		long now = THREADS.getCurrentThreadCpuTime();
		if (this.before >= 0) {
			long worked = now - this.before;
			this.held.accumulateAndGet(worked, Math::max);
		}
		this.before = now;
		this.loop.schedule(this, 5, TimeUnit.MILLISECONDS);
	}

	/** The longest time since this was asked last. */
	long heldMillis() {
		return Duration.ofNanos(this.held.getAndSet(0)).toMillis();
	}

}
