// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.util.function.UnaryOperator;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * A source whose subscribers are watched. Reactor's own way to put a subscriber before
 * another one makes a text of its function each time, for names that nothing reads here.
 *
 * @param <T> type of the elements
 */
public final class WatchedFlux<T> extends FluxOperator<T, T> {

	private final UnaryOperator<CoreSubscriber<? super T>> watch;

	/**
	 * Watches a source.
	 * @param source the source
	 * @param watch makes the subscriber that stands before another one
	 */
	public WatchedFlux(Flux<? extends T> source, UnaryOperator<CoreSubscriber<? super T>> watch) {
		super(source);
		this.watch = watch;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(this.watch.apply(actual));
	}

}
