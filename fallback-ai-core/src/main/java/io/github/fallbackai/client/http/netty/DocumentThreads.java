// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.NonBlocking;

/**
 * Threads that read large documents, so that no other connection of an event loop waits
 * for it, and only as many at a time as the heap has room for. All wires share them. None
 * remains when there is nothing to do.
 */
final class DocumentThreads {

	/** Larger documents are read here. */
	static final int LARGE = 64 * 1024;

	private static final long HEAP_PER_THREAD = 512L * 1024 * 1024;

	private static final ThreadPoolExecutor THREADS = threads();

	private DocumentThreads() {
	}

	/** Does something with a large document. */
	static void execute(Runnable work) {
		THREADS.execute(work);
	}

	/**
	 * Does not do what has not begun yet, so that nothing holds the document any more.
	 */
	static void forget(Runnable work) {
		THREADS.remove(work);
	}

	/** How many documents may be read at the same time. */
	static int most() {
		return THREADS.getMaximumPoolSize();
	}

	/** How many documents wait. */
	static int waiting() {
		return THREADS.getQueue().size();
	}

	/**
	 * Does something there where a connection is read, or at once if that place is
	 * closed.
	 */
	static void executeAt(Executor eventLoop, Runnable work) {
		try {
			eventLoop.execute(work);
		}
		catch (RejectedExecutionException ex) {
			work.run();
		}
	}

	private static ThreadPoolExecutor threads() {
		long room = Runtime.getRuntime().maxMemory() / HEAP_PER_THREAD;
		int number = (int) Math.max(1, Math.min(room, Runtime.getRuntime().availableProcessors()));
		ThreadPoolExecutor threads = new ThreadPoolExecutor(number, number, 5, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), DocumentThread::new);
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	private static final class DocumentThread extends Thread implements NonBlocking {

		DocumentThread(Runnable work) {
			super(work, "fallback-ai-answers");
			setDaemon(true);
		}

	}

}
