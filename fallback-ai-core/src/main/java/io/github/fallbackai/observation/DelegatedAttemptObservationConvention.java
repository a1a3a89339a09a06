package io.github.fallbackai.observation;

/**
 * Observes attempts that go to another library's client as {@code fallback.ai.attempt}:
 * that client observes itself by the conventions for GenAI clients, and nothing should be
 * counted twice.
 */
final class DelegatedAttemptObservationConvention extends DefaultAttemptObservationConvention {

	@Override
	public String getName() {
		return FallbackObservations.DELEGATED_ATTEMPT;
	}

}
