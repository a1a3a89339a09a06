// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import io.github.fallbackai.benchmarks.wire.MockProvider;

/**
 * What is measured: a kind of call, and how many at a time. Calls without rounds are the
 * first ones of a fresh process.
 *
 * @param name name in the results
 * @param command what the client does
 * @param atATime how many at a time
 * @param calls calls of a round
 * @param warmUp calls before the first round
 * @param rounds number of rounds, of which the median counts
 */
record Workload(String name, String command, int atATime, int calls, int warmUp, int rounds) {

	/** What the cost is told for: a call, or a chunk of a stream. */
	int units() {
		return streaming() ? this.calls * MockProvider.CHUNKS : this.calls;
	}

	boolean streaming() {
		return this.command.equals("stream");
	}

	String round() {
		return this.command + " " + this.atATime + " " + this.calls;
	}

}
