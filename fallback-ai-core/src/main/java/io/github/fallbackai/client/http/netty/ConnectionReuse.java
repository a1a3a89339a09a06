package io.github.fallbackai.client.http.netty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Saves the connection of an answer that is complete before its body is. The reader
 * leaves at the terminal event, but closing the connection then would cost a handshake
 * per call, for the end of the body is usually right behind. Therefore, a cancellation
 * that follows {@link #complete()} lets the rest of the body flow into the void for a
 * moment. Any other cancellation closes the connection at once. Belongs to one response.
 *
 * @param <T> type of the elements, which need no release
 */
final class ConnectionReuse<T> extends FluxOperator<T, T> {

	private static final Duration PATIENCE = Duration.ofMillis(250);

	private volatile boolean complete;

	ConnectionReuse(Flux<T> source) {
		super(source);
	}

	/** States that the answer is complete. */
	void complete() {
		this.complete = true;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(new Reader(actual));
	}

	private final class Reader implements CoreSubscriber<T>, Subscription, Runnable {

		private final CoreSubscriber<? super T> actual;

		private final AtomicBoolean cancelled = new AtomicBoolean();

		private Subscription upstream = Operators.emptySubscription();

		private volatile @Nullable Disposable timer;

		private volatile boolean ended;

		private Reader(CoreSubscriber<? super T> actual) {
			this.actual = actual;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(T value) {
			if (!this.cancelled.get()) {
				this.actual.onNext(value);
			}
		}

		@Override
		public void onError(Throwable error) {
			end();
			// What a connection says to being closed is no news.
			if (!this.cancelled.get()) {
				this.actual.onError(error);
			}
		}

		@Override
		public void onComplete() {
			end();
			if (!this.cancelled.get()) {
				this.actual.onComplete();
			}
		}

		private void end() {
			this.ended = true;
			stop(this.timer);
		}

		@Override
		public void request(long n) {
			this.upstream.request(n);
		}

		@Override
		public void cancel() {
			if (!this.cancelled.compareAndSet(false, true)) {
				return;
			}
			if (!ConnectionReuse.this.complete) {
				this.upstream.cancel();
				return;
			}
			this.upstream.request(Long.MAX_VALUE);
			if (!this.ended) {
				this.timer = Schedulers.parallel().schedule(this, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
				if (this.ended) {
					stop(this.timer);
				}
			}
		}

		/**
		 * The server keeps the body open for longer than a reusable connection is worth.
		 */
		@Override
		public void run() {
			this.upstream.cancel();
		}

		private static void stop(@Nullable Disposable timer) {
			if (timer != null) {
				timer.dispose();
			}
		}

	}

}
