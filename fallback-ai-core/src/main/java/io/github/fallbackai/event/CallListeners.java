// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Passes events on to every listener, on the thread on which they happen, and keeps the
 * listeners' exceptions away from calls.
 */
public final class CallListeners implements TracingCallListener {

	private final List<Guarded> listeners;

	private final @Nullable Guarded tracing;

	public CallListeners(List<? extends CallListener> listeners) {
		this.listeners = listeners.stream().map(Guarded::new).toList();
		this.tracing = this.listeners.stream()
			.filter((guarded) -> guarded.listener() instanceof TracingCallListener)
			.findFirst()
			.orElse(null);
	}

	@Override
	public void onEvent(FailoverEvent event) {
		for (Guarded guarded : this.listeners) {
			guarded.guard().run(() -> guarded.listener().onEvent(event));
		}
	}

	@Override
	public CallTrace callStarted(CallInfo call, ContextView context) {
		if (this.tracing == null || !(this.tracing.listener() instanceof TracingCallListener listener)) {
			return CallTrace.NONE;
		}
		ListenerGuard guard = this.tracing.guard();
		CallTrace trace = guard.get(() -> listener.callStarted(call, context), CallTrace.NONE);
		return (trace == CallTrace.NONE) ? trace : new GuardedTrace(trace, guard);
	}

	private record Guarded(CallListener listener, ListenerGuard guard) {

		Guarded(CallListener listener) {
			this(listener, new ListenerGuard(listener));
		}

	}

}
