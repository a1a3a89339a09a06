// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import io.github.fallbackai.chat.ResponseFormat;

/**
 * What calls learned about one endpoint, beside its health. Safe for use by several
 * threads.
 */
public final class Experience {

	private final RetryBudget retryBudget = new RetryBudget();

	private final FirstContentTimes firstContentTimes = new FirstContentTimes();

	private final Latency latency = new Latency(System::nanoTime);

	private final HedgeLosses hedgeLosses = new HedgeLosses();

	private final UnmetNeeds unmetNeeds = new UnmetNeeds(System::nanoTime);

	private final RefusalStreak refusals = new RefusalStreak();

	private final SchemaMemory schemas = new SchemaMemory(System::nanoTime);

	private volatile boolean refusesPrefill;

	Experience() {
	}

	/** The first content of an answer came after the given nanoseconds. */
	public void firstContentAfter(long nanos) {
		this.firstContentTimes.add(nanos);
		this.latency.add(nanos);
		this.hedgeLosses.contentCame();
	}

	/** An answer is complete, which allows more retries. */
	public void answered() {
		this.retryBudget.succeeded();
	}

	/** Another endpoint of the same call was faster, and this one had sent nothing. */
	public void overtakenWithoutContent() {
		this.hedgeLosses.lost();
	}

	/** The provider answered a prefill with 400, as newer models do. */
	public void prefillRefused() {
		this.refusesPrefill = true;
	}

	/** The provider refused a form of the answer. */
	public void formRefused(ResponseFormat.Type form) {
		this.schemas.refused(form);
	}

	SchemaMemory schemas() {
		return this.schemas;
	}

	/** Asks for one retry; refused if retries are too large a share of the calls. */
	public boolean tryRetry() {
		return this.retryBudget.tryRetry();
	}

	/** Whether the given number of calls in a row were overtaken without content. */
	public boolean overtakenInARow(int threshold) {
		return this.hedgeLosses.atLeast(threshold);
	}

	/**
	 * The 95th percentile of the times to first content in nanoseconds, negative while
	 * too few are known.
	 */
	public long usualFirstContent() {
		return this.firstContentTimes.p95();
	}

	/** The average time to first content in nanoseconds, 0 while nothing is known. */
	double averageFirstContent() {
		return this.latency.nanos();
	}

	/** Whether the endpoint refused many different requests and answered none since. */
	public boolean refusesEverything() {
		return this.refusals.suspicious();
	}

	UnmetNeeds unmetNeeds() {
		return this.unmetNeeds;
	}

	RefusalStreak refusals() {
		return this.refusals;
	}

	boolean refusesPrefill() {
		return this.refusesPrefill;
	}

}
