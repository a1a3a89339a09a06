// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Elements become others, or are skipped. Where Micrometer's library for contexts is
 * present, Reactor's own operator for this restores the values of the context in the
 * thread for each element, although nothing here reads them.
 *
 * @param <T> type of the elements
 * @param <R> what they become
 */
final class MapNotNull<T, R> extends FluxOperator<T, R> {

	private final Function<? super T, ? extends @Nullable R> mapper;

	/**
	 * Maps a source.
	 * @param source the source
	 * @param mapper returns {@code null} for what is skipped. What it throws ends the
	 * stream
	 */
	MapNotNull(Flux<? extends T> source, Function<? super T, ? extends @Nullable R> mapper) {
		super(source);
		this.mapper = mapper;
	}

	@Override
	public void subscribe(CoreSubscriber<? super R> actual) {
		this.source.subscribe(new Mapping<>(actual, this.mapper));
	}

	private static final class Mapping<T, R> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super R> actual;

		private final Function<? super T, ? extends @Nullable R> mapper;

		private Subscription upstream = Operators.emptySubscription();

		private boolean done;

		Mapping(CoreSubscriber<? super R> actual, Function<? super T, ? extends @Nullable R> mapper) {
			this.actual = actual;
			this.mapper = mapper;
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
		public void onNext(T element) {
			if (this.done) {
				Operators.onNextDropped(element, currentContext());
				return;
			}
			R mapped;
			try {
				mapped = this.mapper.apply(element);
			}
			catch (Throwable ex) {
				onError(Operators.onOperatorError(this.upstream, ex, element, currentContext()));
				return;
			}
			if (mapped != null) {
				this.actual.onNext(mapped);
			}
			else {
				this.upstream.request(1);
			}
		}

		@Override
		public void onError(Throwable error) {
			if (this.done) {
				Operators.onErrorDropped(error, currentContext());
				return;
			}
			this.done = true;
			this.actual.onError(error);
		}

		@Override
		public void onComplete() {
			if (!this.done) {
				this.done = true;
				this.actual.onComplete();
			}
		}

		@Override
		public void request(long elements) {
			this.upstream.request(elements);
		}

		@Override
		public void cancel() {
			this.upstream.cancel();
		}

	}

}
