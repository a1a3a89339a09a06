// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.observation.FallbackObservations.CallKeys;
import io.github.fallbackai.observation.FallbackObservations.CallDetails;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Observes calls as {@code fallback.ai.call}.
 */
public class DefaultCallObservationConvention implements CallObservationConvention {

	private static final String UNKNOWN = BoundedValues.NONE;

	private final BoundedValues useCases = new BoundedValues();

	@Override
	public String getName() {
		return "fallback.ai.call";
	}

	@Override
	public String getContextualName(CallObservationContext context) {
		return "fallback " + context.getCall().chain();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
		FailoverEvent.CallEnded end = context.getEnd();
		return KeyValues.of(KeyValue.of(CallKeys.CHAIN, context.getCall().chain()),
				KeyValue.of(CallKeys.ENDPOINT, known((end != null) ? end.endpoint() : null)),
				KeyValue.of(CallKeys.OUTCOME, Words.of((end != null) ? end.outcome() : null)),
				KeyValue.of(CallKeys.DEGRADED, String.valueOf(end != null && end.degraded())),
				KeyValue.of(CallKeys.USE_CASE, this.useCases.of(context.getCall().useCase())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(CallObservationContext context) {
		FailoverEvent.CallEnded end = context.getEnd();
		KeyValues details = KeyValues.of(KeyValue.of(CallDetails.CALL_ID, context.getCall().id()));
		return (end != null) ? details.and(KeyValue.of(CallDetails.ATTEMPTS, String.valueOf(end.attempts()))) : details;
	}

	private static String known(@Nullable String value) {
		return (value != null) ? value : UNKNOWN;
	}

}
