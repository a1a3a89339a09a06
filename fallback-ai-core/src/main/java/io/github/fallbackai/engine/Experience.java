package io.github.fallbackai.engine;

/**
 * What calls learned about one endpoint besides its health. Safe for use by several
 * threads.
 */
final class Experience {

	private final RetryBudget retryBudget = new RetryBudget();

	private final FirstContentTimes firstContentTimes = new FirstContentTimes();

	private final Latency latency = new Latency(System::nanoTime);

	private final HedgeLosses hedgeLosses = new HedgeLosses();

	private volatile boolean refusesPrefill;

	RetryBudget retryBudget() {
		return this.retryBudget;
	}

	FirstContentTimes firstContentTimes() {
		return this.firstContentTimes;
	}

	Latency latency() {
		return this.latency;
	}

	HedgeLosses hedgeLosses() {
		return this.hedgeLosses;
	}

	/** The provider answered a prefill with 400: newer models do. */
	void prefillRefused() {
		this.refusesPrefill = true;
	}

	boolean refusesPrefill() {
		return this.refusesPrefill;
	}

}
