// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;

import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.observation.FallbackObservations.ExchangeDetails;
import io.github.fallbackai.observation.FallbackObservations.ExchangeKeys;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Names and tags HTTP exchanges as Spring's HTTP clients do: {@code http.client.requests}
 * with {@code client.name}, {@code exception}, {@code method}, {@code outcome},
 * {@code status} and {@code uri}.
 */
public class DefaultExchangeObservationConvention implements ExchangeObservationConvention {

	private static final String[] OUTCOMES = { "INFORMATIONAL", "SUCCESS", "REDIRECTION", "CLIENT_ERROR",
			"SERVER_ERROR" };

	private static final KeyValues SAME_FOR_ALL = KeyValues.of(KeyValue.of(ExchangeKeys.METHOD, "POST"),
			KeyValue.of(ExchangeKeys.URI, BoundedValues.NONE));

	private final String name;

	/** Creates a convention with the usual name. */
	public DefaultExchangeObservationConvention() {
		this(FallbackObservations.EXCHANGES);
	}

	/**
	 * Creates a convention.
	 * @param name name of the observations
	 */
	public DefaultExchangeObservationConvention(String name) {
		this.name = name;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(ExchangeObservationContext context) {
		return "http post";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ExchangeObservationContext context) {
		String host = context.getUri().getHost();
		ResponseHead head = context.getResponse();
		Throwable failure = context.getFailure();
		return SAME_FOR_ALL.and(KeyValue.of(ExchangeKeys.CLIENT_NAME, (host != null) ? host : BoundedValues.NONE),
				KeyValue.of(ExchangeKeys.EXCEPTION,
						(failure != null) ? failure.getClass().getSimpleName() : BoundedValues.NONE),
				KeyValue.of(ExchangeKeys.OUTCOME, (head != null) ? outcome(head.status()) : "UNKNOWN"),
				KeyValue.of(ExchangeKeys.STATUS, (head != null) ? String.valueOf(head.status()) : "CLIENT_ERROR"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ExchangeObservationContext context) {
		URI uri = context.getUri();
		return KeyValues
			.of(KeyValue.of(ExchangeDetails.URL, uri.getScheme() + "://" + uri.getAuthority() + uri.getPath()));
	}

	private static String outcome(int status) {
		int series = status / 100;
		return (series >= 1 && series <= OUTCOMES.length) ? OUTCOMES[series - 1] : "UNKNOWN";
	}

}
