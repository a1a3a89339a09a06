// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many events of streams were read in which way. Safe for use by several threads.
 */
public final class ChunkCounts {

	private final LongAdder recognised = new LongAdder();

	private final LongAdder parsed = new LongAdder();

	ChunkCounts() {
	}

	void addRecognised() {
		this.recognised.increment();
	}

	void addParsed() {
		this.parsed.increment();
	}

	/** Events that differed from one before in nothing but their text. */
	public long recognised() {
		return this.recognised.sum();
	}

	/** Events that had to be parsed. */
	public long parsed() {
		return this.parsed.sum();
	}

}
