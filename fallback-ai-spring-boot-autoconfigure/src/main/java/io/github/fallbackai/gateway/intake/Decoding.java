package io.github.fallbackai.gateway.intake;

import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Decodes bodies: small ones where they arrived, large ones on threads of their own, so
 * that no other client waits for them, and only as many at a time as the heap has room
 * for.
 */
public final class Decoding {

	private static final int LARGE = 64 * 1024;

	private static final long HEAP_PER_THREAD = 512L * 1024 * 1024;

	private static final Scheduler THREADS = Schedulers.fromExecutor(threads());

	private Decoding() {
	}

	/**
	 * Decodes a body.
	 * @param body the body
	 * @param decoder reads its bytes
	 * @param <T> what it is decoded to
	 */
	public static <T> Mono<T> decode(Body body, Function<InputStream, T> decoder) {
		Mono<T> decoded = Mono.fromCallable(() -> decoder.apply(body.open()));
		return (body.size() > LARGE) ? decoded.subscribeOn(THREADS) : decoded;
	}

	/** None remains when there is nothing to do. */
	private static ThreadPoolExecutor threads() {
		long room = Runtime.getRuntime().maxMemory() / HEAP_PER_THREAD;
		int number = (int) Math.max(1, Math.min(room, Runtime.getRuntime().availableProcessors()));
		ThreadPoolExecutor threads = new ThreadPoolExecutor(number, number, 5, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (work) -> {
					Thread thread = new Thread(work, "fallback-ai-gateway");
					thread.setDaemon(true);
					return thread;
				});
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

}
