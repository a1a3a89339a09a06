// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags observations of HTTP exchanges. A bean of this type replaces
 * {@link DefaultExchangeObservationConvention}.
 */
public interface ExchangeObservationConvention extends ObservationConvention<ExchangeObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ExchangeObservationContext;
	}

}
