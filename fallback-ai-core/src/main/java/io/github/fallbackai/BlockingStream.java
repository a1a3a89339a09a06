// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * A flux that one thread reads and waits for. Subscribes with the first look.
 *
 * @param <T> the elements' type
 */
final class BlockingStream<T> implements Iterator<T> {

	/**
	 * How many elements may wait for the reader. The fewer, the sooner its pauses reach
	 * the provider.
	 */
	private static final int AHEAD = 8;

	private final Flux<T> flux;

	private volatile @Nullable Stream<T> source;

	private @Nullable Iterator<T> elements;

	BlockingStream(Flux<T> flux) {
		this.flux = flux.contextCapture();
	}

	/** Closing it ends the subscription. */
	Stream<T> stream() {
		return StreamSupport
			.stream(() -> Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
					Spliterator.ORDERED | Spliterator.NONNULL, false)
			.onClose(this::close);
	}

	@Override
	public boolean hasNext() {
		BlockingAiFallback.requireBlocking();
		try {
			return elements().hasNext();
		}
		catch (RuntimeException ex) {
			if (Exceptions.unwrap(ex) instanceof InterruptedException interruption) {
				close();
				throw BlockingAiFallback.interrupted(interruption);
			}
			throw ex;
		}
	}

	private void close() {
		Stream<T> subscribed = this.source;
		if (subscribed != null) {
			subscribed.close();
		}
	}

	private Iterator<T> elements() {
		Iterator<T> iterator = this.elements;
		if (iterator == null) {
			// Reactor subscribes here.
			Stream<T> subscribed = this.flux.toStream(AHEAD);
			this.source = subscribed;
			iterator = subscribed.iterator();
			this.elements = iterator;
		}
		return iterator;
	}

	@Override
	public T next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return elements().next();
	}

}
