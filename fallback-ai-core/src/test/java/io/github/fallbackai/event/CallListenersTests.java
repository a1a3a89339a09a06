// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static org.assertj.core.api.Assertions.assertThat;

class CallListenersTests {

	private static final CallInfo CALL = new CallInfo("1", "default", null);

	private static final FailoverEvent EVENT = new FailoverEvent.EndpointClosed("primary");

	private static final FailoverEvent.CallEnded ENDED = FailoverEvent.CallEnded.builder(CALL, AttemptOutcome.CANCELLED)
		.attempts(1)
		.build();

	private static final Attempt ATTEMPT = Attempt.builder()
		.endpoint("primary")
		.model("large")
		.outcome(AttemptOutcome.CANCELLED)
		.build();

	private final List<FailoverEvent> received = new ArrayList<>();

	@Test
	void tellsEveryListenerAlthoughOneThrows() {
		CallListener broken = (event) -> {
			throw new IllegalStateException("broken listener");
		};
		CallListeners listeners = new CallListeners(List.of(broken, this.received::add));
		listeners.onEvent(EVENT);
		listeners.onEvent(EVENT);
		assertThat(this.received).containsExactly(EVENT, EVENT);
	}

	@Test
	void tellsEveryListenerAlthoughOneNeverComesBack() {
		CallListeners listeners = new CallListeners(List.<CallListener>of(new Endless(), this.received::add));
		listeners.onEvent(EVENT);
		assertThat(this.received).containsExactly(EVENT);
	}

	@Test
	void doesWithoutATracer() {
		assertThat(new CallListeners(List.of(this.received::add)).callStarted(CALL, Context.empty()))
			.isSameAs(CallTrace.NONE);
	}

	@Test
	void survivesATracerThatThrowsAtTheStart() {
		CallTrace trace = new CallListeners(List.of(tracer(null))).callStarted(CALL, Context.empty());
		assertThat(trace).isSameAs(CallTrace.NONE);
	}

	@Test
	void survivesATraceThatThrows() {
		CallTrace trace = new CallListeners(List.of(tracer(new BrokenTrace()))).callStarted(CALL, Context.empty());
		AttemptTrace attempt = trace.attemptStarted(1,
				Endpoint.named("primary").url(URI.create("http://localhost")).model("large").build());
		Context context = Context.of("key", "value");
		assertThat(attempt.requestContext(context)).isSameAs(context);
		attempt.ended(ATTEMPT);
		trace.ended(ENDED);
		assertThat(this.received).isEmpty();
	}

	private TracingCallListener tracer(CallTrace trace) {
		return new TracingCallListener() {

			@Override
			public CallTrace callStarted(CallInfo call, ContextView context) {
				if (trace == null) {
					throw new IllegalStateException("broken tracer");
				}
				return trace;
			}

			@Override
			public void onEvent(FailoverEvent event) {
				CallListenersTests.this.received.add(event);
			}

		};
	}

	private static final class Endless implements CallListener {

		@Override
		public void onEvent(FailoverEvent event) {
			this.onEvent(event);
		}

	}

	private static final class BrokenTrace implements CallTrace {

		@Override
		public AttemptTrace attemptStarted(int number, Endpoint endpoint) {
			return new AttemptTrace() {

				@Override
				public Context requestContext(Context context) {
					throw new IllegalStateException("broken context");
				}

				@Override
				public void ended(Attempt attempt) {
					throw new IllegalStateException("broken attempt");
				}

			};
		}

		@Override
		public void ended(FailoverEvent.CallEnded event) {
			throw new IllegalStateException("broken end");
		}

	}

}
