// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.client.http.wire.ExchangeObserver;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.event.ListenerGuard;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Tells the observer of an exchange one end only, and keeps its exceptions away from the
 * exchange.
 */
final class GuardedExchange implements ExchangeObserver {

	private final ExchangeObserver observer;

	private final ListenerGuard guard;

	private final AtomicBoolean ended = new AtomicBoolean();

	private GuardedExchange(ExchangeObserver observer, ListenerGuard guard) {
		this.observer = observer;
		this.guard = guard;
	}

	@Override
	public Map<String, String> headers() {
		return this.guard.get(this.observer::headers, Map.of());
	}

	@Override
	public void answered(ResponseHead head) {
		end(() -> this.observer.answered(head));
	}

	@Override
	public void failed(EndpointException error) {
		end(() -> this.observer.failed(error));
	}

	@Override
	public void cancelled() {
		end(this.observer::cancelled);
	}

	private void end(Runnable end) {
		if (this.ended.compareAndSet(false, true)) {
			this.guard.run(end);
		}
	}

	/**
	 * The listener of a wire.
	 *
	 * @param listener the listener
	 * @param guard keeps its exceptions away
	 */
	record Source(ExchangeListener listener, ListenerGuard guard) {

		Source(ExchangeListener listener) {
			this(listener, new ListenerGuard(listener));
		}

		@Nullable GuardedExchange started(WireRequest request, ContextView context) {
			if (this.listener == ExchangeListener.NONE) {
				return null;
			}
			Optional<ExchangeObserver> observer = this.guard
				.get(() -> Optional.ofNullable(this.listener.started(request, context)), Optional.empty());
			return observer.map((started) -> new GuardedExchange(started, this.guard)).orElse(null);
		}

	}

}
