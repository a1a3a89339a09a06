// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.function.Function;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ExchangeObserver;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One exchange over one connection: it lets the connection find its trace, translates
 * errors into our failures, and closes the connection when the exchange fails or the
 * caller leaves.
 *
 * @param <T> type of the values made from the response
 */
final class TracedExchange<T> extends FluxOperator<T, T> {

	private final ExchangeTrace trace;

	private final Function<ContextView, @Nullable ExchangeObserver> listener;

	/**
	 * Creates an exchange, for one subscription.
	 * @param source sends the request
	 * @param trace knows how far the exchange got
	 * @param listener hears that it begins
	 */
	TracedExchange(Flux<T> source, ExchangeTrace trace, Function<ContextView, @Nullable ExchangeObserver> listener) {
		super(source);
		this.trace = trace;
		this.listener = listener;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.trace.started(this.listener.apply(actual.currentContext()));
		this.source.subscribe(new Exchange<>(actual, this.trace));
	}

	private static final class Exchange<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final ExchangeTrace trace;

		private final Context context;

		private Subscription upstream = Operators.emptySubscription();

		Exchange(CoreSubscriber<? super T> actual, ExchangeTrace trace) {
			this.actual = actual;
			this.trace = trace;
			this.context = actual.currentContext().put(ExchangeTrace.class, trace);
		}

		@Override
		public Context currentContext() {
			return this.context;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.upstream = subscription;
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(T value) {
			this.actual.onNext(value);
		}

		@Override
		public void onError(Throwable error) {
			EndpointException translated = TransportFailures.translate(error, this.trace);
			this.trace.failed(translated);
			this.actual.onError(translated);
		}

		@Override
		public void onComplete() {
			this.trace.closeUnlessRead();
			this.actual.onComplete();
		}

		@Override
		public void request(long n) {
			this.upstream.request(n);
		}

		@Override
		public void cancel() {
			this.trace.cancelled();
			this.upstream.cancel();
		}

	}

}
