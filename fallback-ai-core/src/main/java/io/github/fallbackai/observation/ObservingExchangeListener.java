// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.Map;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.client.http.wire.ExchangeObserver;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes every HTTP exchange until its answer begins, as a child of its attempt. A
 * tracer can add the headers that carry the trace. Without handlers in the registry there
 * is nothing to do.
 */
public final class ObservingExchangeListener implements ExchangeListener {

	private final ExchangeObservationConvention standard;

	private final ObservationRegistry registry;

	private final @Nullable ObservationConvention<ExchangeObservationContext> convention;

	/**
	 * Creates the listener.
	 * @param registry where observations go
	 * @param convention names and tags exchanges, {@code null} for the default
	 * @param standard the default
	 */
	public ObservingExchangeListener(ObservationRegistry registry, @Nullable ExchangeObservationConvention convention,
			ExchangeObservationConvention standard) {
		this.registry = registry;
		this.convention = GuardedConvention.of(convention, standard);
		this.standard = standard;
	}

	@Override
	public @Nullable ExchangeObserver started(WireRequest request, ContextView context) {
		if (this.registry.isNoop()) {
			return null;
		}
		ExchangeObservationContext observed = new ExchangeObservationContext(request.uri());
		Observation observation = FallbackObservations.EXCHANGE.observation(this.convention, this.standard,
				() -> observed, this.registry);
		Observation attempt = context.getOrDefault(ObservingCallListener.CURRENT_OBSERVATION, null);
		return new ObservedExchange(observed, ObservingCallListener.startedUnder(attempt, observation));
	}

	/**
	 * The observation of one exchange.
	 *
	 * @param context what is known about the exchange
	 * @param observation the observation
	 */
	private record ObservedExchange(ExchangeObservationContext context,
			Observation observation) implements ExchangeObserver {

		@Override
		public Map<String, String> headers() {
			Map<String, String> headers = this.context.getCarrier();
			return (headers != null) ? headers : Map.of();
		}

		@Override
		public void answered(ResponseHead head) {
			this.context.setResponse(head);
			this.observation.stop();
		}

		@Override
		public void failed(EndpointException error) {
			Throwable cause = error.getCause();
			this.context.setFailure((cause != null) ? cause : error);
			try {
				this.observation.error(new ExchangeFailedException(error));
			}
			finally {
				this.observation.stop();
			}
		}

		@Override
		public void cancelled() {
			this.observation.stop();
		}

	}

}
