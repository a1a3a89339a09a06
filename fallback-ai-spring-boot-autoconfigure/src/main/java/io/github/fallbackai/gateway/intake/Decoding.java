// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Decodes bodies: small ones where they arrived, large ones on threads of their own, so
 * that no other client waits for them. There are only as many of these threads as the
 * heap has room for, and they leave half of the processors to all else. The smaller of
 * the bodies that wait comes first.
 */
public final class Decoding {

	private static final int LARGE = 64 * 1024;

	private static final long HEAP_PER_THREAD = 512L * 1024 * 1024;

	private static final Decoding OF_PROCESS = new Decoding(number());

	private final ThreadPoolExecutor threads;

	private final AtomicLong arrivals = new AtomicLong();

	Decoding(int number) {
		this.threads = new ThreadPoolExecutor(number, number, 5, TimeUnit.SECONDS, new PriorityBlockingQueue<>(),
				(work) -> {
					Thread thread = new Thread(work, "fallback-ai-gateway");
					thread.setDaemon(true);
					return thread;
				});
		// None remains when there is nothing to do.
		this.threads.allowCoreThreadTimeOut(true);
	}

	private static int number() {
		long room = Runtime.getRuntime().maxMemory() / HEAP_PER_THREAD;
		return (int) Math.max(1, Math.min(room, Runtime.getRuntime().availableProcessors() / 2));
	}

	/**
	 * Decodes a body.
	 * @param body the body
	 * @param patience how long it may wait for a thread
	 * @param decoder reads its bytes
	 * @param <T> what it is decoded to
	 * @return that, or a {@link RefusedBodyException} if it waited for too long
	 */
	public static <T> Mono<T> decode(Body body, Duration patience, Function<InputStream, T> decoder) {
		return work(body.size(), patience, () -> decoder.apply(body.open()));
	}

	/**
	 * Reads something else that is large, or so small that it is read here.
	 * @param size how large it is
	 * @param patience how long it may wait for a thread
	 * @param work reads it
	 * @param <T> what it is read to
	 * @return that, or a {@link RefusedBodyException} if it waited for too long
	 */
	public static <T> Mono<T> work(long size, Duration patience, Callable<T> work) {
		return (size <= LARGE) ? Mono.fromCallable(work) : OF_PROCESS.inTurn(size, patience, work);
	}

	<T> Mono<T> inTurn(Body body, Duration patience, Function<InputStream, T> decoder) {
		return inTurn(body.size(), patience, () -> decoder.apply(body.open()));
	}

	private <T> Mono<T> inTurn(long size, Duration patience, Callable<T> work) {
		return Mono.create((sink) -> {
			Turn turn = new Turn(size, this.arrivals.incrementAndGet(), () -> run(work, sink));
			this.threads.execute(turn);
			Disposable alarm = Schedulers.parallel()
				.schedule(() -> giveUp(turn, sink), patience.toMillis(), TimeUnit.MILLISECONDS);
			sink.onDispose(() -> {
				alarm.dispose();
				this.threads.remove(turn);
			});
		});
	}

	private static <T> void run(Callable<T> work, MonoSink<T> sink) {
		T decoded;
		try {
			decoded = work.call();
		}
		catch (Throwable ex) {
			Exceptions.throwIfFatal(ex);
			sink.error(ex);
			return;
		}
		sink.success(decoded);
	}

	private void giveUp(Turn turn, MonoSink<?> sink) {
		if (this.threads.remove(turn)) {
			sink.error(new RefusedBodyException(RefusedBodyException.Reason.FULL,
					"Too many large requests wait to be read."));
		}
	}

	/**
	 * A body that waits for a thread.
	 *
	 * @param size its size
	 * @param arrival its place among those of the same size
	 * @param work decodes it
	 */
	private record Turn(long size, long arrival, Runnable work) implements Runnable, Comparable<Turn> {

		@Override
		public void run() {
			this.work.run();
		}

		@Override
		public int compareTo(Turn other) {
			return (this.size != other.size) ? Long.compare(this.size, other.size)
					: Long.compare(this.arrival, other.arrival);
		}

	}

}
