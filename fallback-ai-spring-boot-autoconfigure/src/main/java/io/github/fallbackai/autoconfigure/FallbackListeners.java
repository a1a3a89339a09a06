// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;

import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.DispatchedListener;
import io.github.fallbackai.event.ImmediateCallListener;

/**
 * The application's listeners and ours. Calls wait only for the immediate ones.
 */
final class FallbackListeners implements AutoCloseable {

	private final List<ImmediateCallListener> listeners;

	FallbackListeners(List<CallListener> listeners) {
		this.listeners = listeners.stream().map(FallbackListeners::immediate).toList();
	}

	private static ImmediateCallListener immediate(CallListener listener) {
		return (listener instanceof ImmediateCallListener immediate) ? immediate : new DispatchedListener(listener);
	}

	List<CallListener> all() {
		return List.copyOf(this.listeners);
	}

	List<DispatchedListener> dispatched() {
		return this.listeners.stream()
			.filter(DispatchedListener.class::isInstance)
			.map(DispatchedListener.class::cast)
			.toList();
	}

	@Override
	public void close() {
		dispatched().forEach(DispatchedListener::close);
	}

}
