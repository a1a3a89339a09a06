// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.batch;

import java.util.function.Consumer;

import io.github.fallbackai.chat.Load;

/**
 * How a batch is carried out. Immutable.
 */
public final class BatchOptions {

	private final int concurrency;

	private final boolean ordered;

	private final Load load;

	private final Consumer<BatchProgress> progress;

	private BatchOptions(int concurrency, boolean ordered, Load load, Consumer<BatchProgress> progress) {
		if (concurrency <= 0) {
			throw new IllegalArgumentException("concurrency: " + concurrency + " (expected: > 0)");
		}
		this.concurrency = concurrency;
		this.ordered = ordered;
		this.load = load;
		this.progress = progress;
	}

	/**
	 * A batch in the order in which the answers come, with {@link Load#BATCH}.
	 * @param concurrency how many calls run at a time; positive
	 * @return the options
	 */
	public static BatchOptions concurrency(int concurrency) {
		return new BatchOptions(concurrency, false, Load.BATCH, (progress) -> {
		});
	}

	/**
	 * The same options, but the results come in the order of the items. A slow call then
	 * holds back the others: at most {@link #concurrency()} results wait for it.
	 */
	public BatchOptions inOrder() {
		return new BatchOptions(this.concurrency, true, this.load, this.progress);
	}

	/** The same options with another load of all calls, instead of their own. */
	public BatchOptions withLoad(Load load) {
		return new BatchOptions(this.concurrency, this.ordered, load, this.progress);
	}

	/**
	 * The same options with a listener. It is told before each result is delivered, by
	 * one thread at a time, and must not block.
	 */
	public BatchOptions withProgress(Consumer<BatchProgress> progress) {
		return new BatchOptions(this.concurrency, this.ordered, this.load, progress);
	}

	/** How many calls run at a time. */
	public int concurrency() {
		return this.concurrency;
	}

	/** Whether the results come in the order of the items. */
	public boolean ordered() {
		return this.ordered;
	}

	/** How urgent the calls are. */
	public Load load() {
		return this.load;
	}

	/** Is told how far the batch is. */
	public Consumer<BatchProgress> progress() {
		return this.progress;
	}

}
