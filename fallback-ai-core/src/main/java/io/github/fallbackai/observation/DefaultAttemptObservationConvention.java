// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.observation.FallbackObservations.AttemptDetails;
import io.github.fallbackai.observation.FallbackObservations.AttemptKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Names attempts by the OpenTelemetry conventions for GenAI clients, as
 * {@code gen_ai.client.operation.duration}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">GenAI
 * conventions</a>
 */
public class DefaultAttemptObservationConvention implements AttemptObservationConvention {

	private static final int MOST_DETAILS = 7;

	private final BoundedValues models = new BoundedValues();

	@Override
	public String getName() {
		return FallbackObservations.OPERATION;
	}

	@Override
	public String getContextualName(AttemptObservationContext context) {
		return operation(context) + " " + context.getEndpoint().model();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
		Endpoint endpoint = context.getEndpoint();
		Attempt attempt = context.getAttempt();
		return KeyValues.of(KeyValue.of(AttemptKeys.OPERATION_NAME, operation(context)),
				KeyValue.of(AttemptKeys.PROVIDER_NAME, providerName(endpoint.provider())),
				KeyValue.of(AttemptKeys.REQUEST_MODEL, endpoint.model()),
				KeyValue.of(AttemptKeys.RESPONSE_MODEL, this.models.of((attempt != null) ? attempt.model() : null)),
				KeyValue.of(AttemptKeys.ERROR_TYPE, Words.of((attempt != null) ? attempt.failure() : null)),
				KeyValue.of(AttemptKeys.ENDPOINT, endpoint.name()),
				KeyValue.of(AttemptKeys.OUTCOME, Words.of((attempt != null) ? attempt.outcome() : null)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
		List<KeyValue> details = new ArrayList<>(MOST_DETAILS);
		details.add(KeyValue.of(AttemptDetails.CALL_ID, context.getCall().id()));
		details.add(KeyValue.of(AttemptDetails.NUMBER, String.valueOf(context.getNumber())));
		String host = context.getEndpoint().url().getHost();
		if (host != null) {
			details.add(KeyValue.of(AttemptDetails.SERVER_ADDRESS, host));
		}
		Attempt attempt = context.getAttempt();
		if (attempt != null) {
			addOutcome(context, attempt, details);
		}
		return KeyValues.of(details);
	}

	private static void addOutcome(AttemptObservationContext context, Attempt attempt, List<KeyValue> details) {
		if (attempt.httpStatus() != null) {
			details.add(KeyValue.of(AttemptDetails.STATUS, String.valueOf(attempt.httpStatus())));
		}
		if (attempt.providerRequestId() != null) {
			details.add(KeyValue.of(AttemptDetails.REQUEST_ID, attempt.providerRequestId()));
		}
		Usage usage = attempt.usage();
		if (usage != null) {
			details.add(KeyValue.of(AttemptDetails.INPUT_TOKENS, String.valueOf(usage.inputTokens())));
			if (context.isGenerating()) {
				details.add(KeyValue.of(AttemptDetails.OUTPUT_TOKENS, String.valueOf(usage.outputTokens())));
			}
		}
	}

	private static String operation(AttemptObservationContext context) {
		return Words.of(context.getCall().operation());
	}

	/** The names that the conventions give to well-known providers. */
	private static String providerName(String provider) {
		return switch (provider) {
			case "azure-openai" -> "azure.ai.openai";
			case "gemini" -> "gcp.gemini";
			default -> provider;
		};
	}

}
