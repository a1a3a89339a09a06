// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

/**
 * Names attempts that go to another library's client {@code fallback.ai.attempt}. That
 * client already has observations by the conventions for GenAI clients, and each attempt
 * should count once.
 */
final class DelegatedAttemptObservationConvention extends DefaultAttemptObservationConvention {

	@Override
	public String getName() {
		return FallbackObservations.DELEGATED_ATTEMPT;
	}

}
