// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.util.function.Supplier;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Attempt;
import reactor.util.context.Context;

/**
 * Keeps the exceptions of a trace away from its call.
 */
final class GuardedTrace implements CallTrace {

	private final CallTrace trace;

	private final ListenerGuard guard;

	GuardedTrace(CallTrace trace, ListenerGuard guard) {
		this.trace = trace;
		this.guard = guard;
	}

	@Override
	public AttemptTrace attemptStarted(int number, Endpoint endpoint) {
		AttemptTrace attempt = this.guard.get(() -> this.trace.attemptStarted(number, endpoint), AttemptTrace.NONE);
		return new GuardedAttempt(attempt, this.guard);
	}

	@Override
	public void ended(FailoverEvent.CallEnded event) {
		this.guard.run(() -> this.trace.ended(event));
	}

	@Override
	public void within(Runnable action) {
		this.guard.around(this.trace::within, action);
	}

	private record GuardedAttempt(AttemptTrace trace, ListenerGuard guard) implements AttemptTrace {

		@Override
		public void ended(Attempt attempt) {
			this.guard.run(() -> this.trace.ended(attempt));
		}

		@Override
		public Context requestContext(Context context) {
			Supplier<Context> extended = () -> this.trace.requestContext(context);
			return this.guard.get(extended, context);
		}

		@Override
		public void within(Runnable action) {
			this.guard.around(this.trace::within, action);
		}

	}

}
