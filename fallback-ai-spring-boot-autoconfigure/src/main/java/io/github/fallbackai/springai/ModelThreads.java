// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads on which chat models are asked, because a model may block. Cancelling
 * interrupts a thread, but a model may ignore that. Such a thread stays busy until the
 * model returns: no other call ever waits behind it, and it counts for its own model
 * only. Safe for use by several threads.
 */
final class ModelThreads implements AutoCloseable {

	private static final long KEPT_SECONDS = 60;

	private final int most;

	private final ThreadFactory factory;

	private final Map<String, Pool> pools = new ConcurrentHashMap<>();

	/**
	 * @param most how many threads one model may keep busy
	 */
	ModelThreads(int most) {
		this.most = most;
		CustomizableThreadFactory factory = new CustomizableThreadFactory("fallback-ai-spring-ai-");
		factory.setDaemon(true);
		this.factory = factory;
	}

	/**
	 * Where a model is to be asked.
	 * @param bean name of the model
	 * @return its threads
	 * @throws RejectedExecutionException if all of them are busy
	 */
	Scheduler of(String bean) {
		Pool pool = this.pools.computeIfAbsent(bean, (name) -> pool());
		// Only a call is refused, never what a call that goes on needs.
		if (pool.executor().getActiveCount() >= this.most) {
			throw new RejectedExecutionException("All " + this.most + " threads of this model are busy");
		}
		return pool.scheduler();
	}

	private Pool pool() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), this.factory);
		return new Pool(executor, Schedulers.fromExecutorService(executor));
	}

	@Override
	public void close() {
		this.pools.values().forEach((pool) -> {
			pool.scheduler().dispose();
			pool.executor().shutdownNow();
		});
	}

	/**
	 * The threads of one model.
	 *
	 * @param executor the threads
	 * @param scheduler the same for Reactor
	 */
	private record Pool(ThreadPoolExecutor executor, Scheduler scheduler) {

	}

}
