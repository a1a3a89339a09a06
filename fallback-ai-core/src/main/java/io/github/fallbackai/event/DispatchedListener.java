// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a listener off the call path. Events wait in a bounded queue for a thread, which
 * lives while there are events. If the queue is full, further events are dropped and
 * counted. Safe for use by several threads.
 */
public final class DispatchedListener implements ImmediateCallListener, AutoCloseable {

	/** Number of events that wait for a listener at most. */
	public static final int QUEUE_CAPACITY = 1024;

	private static final Logger logger = LoggerFactory.getLogger(DispatchedListener.class);

	private static final long IDLE_SECONDS = 10;

	private static final Duration LAST_EVENTS = Duration.ofMillis(500);

	private final String name;

	private final CallListeners listener;

	private final LongAdder dropped = new LongAdder();

	private final ThreadPoolExecutor executor;

	private final Duration lastEvents;

	private volatile boolean dropping;

	/**
	 * Dispatches to a listener.
	 * @param listener the listener
	 */
	public DispatchedListener(CallListener listener) {
		this(listener, QUEUE_CAPACITY);
	}

	DispatchedListener(CallListener listener, int capacity) {
		this(listener, capacity, LAST_EVENTS);
	}

	/**
	 * Dispatches to a listener.
	 * @param lastEvents how long a close waits at most
	 */
	DispatchedListener(CallListener listener, int capacity, Duration lastEvents) {
		this.lastEvents = lastEvents;
		this.name = listener.getClass().getSimpleName();
		this.listener = new CallListeners(List.of(listener));
		this.executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(capacity),
				DispatchedListener::thread, (event, executor) -> drop());
		this.executor.allowCoreThreadTimeOut(true);
	}

	private static Thread thread(Runnable work) {
		Thread thread = new Thread(work, "fallback-ai-listener");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void onEvent(FailoverEvent event) {
		this.executor.execute(() -> this.listener.onEvent(event));
	}

	private void drop() {
		this.dropped.increment();
		if (!this.dropping && !this.executor.isShutdown()) {
			this.dropping = true;
			logger.warn("Listener {} is too slow: it misses events from now on", this.name);
		}
	}

	/** Simple class name of the listener. */
	public String name() {
		return this.name;
	}

	/** Number of events that the listener missed. */
	public long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Takes no further events. The listener still gets the waiting ones, if it is fast
	 * enough.
	 */
	@Override
	public void close() {
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(this.lastEvents.toMillis(), TimeUnit.MILLISECONDS)) {
				this.executor.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			this.executor.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

}
