// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.IOException;
import java.util.Locale;

import io.github.fallbackai.benchmarks.Numbers;
import io.github.fallbackai.benchmarks.wire.MockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads many streams at the same time that come at the pace of a model, with a heap of
 * 512 MB. After each round it prints what the process has left of its heap, how many
 * threads it has, and what a chunk cost. A stream that lost text ends the program.
 * Arguments: streams at a time (default 1000), rounds (default 5), streams of a round for
 * each place (default 5).
 */
public final class PacedStreams {

	private static final Logger logger = LoggerFactory.getLogger(PacedStreams.class);

	private static final double MEGA = 1 << 20;

	private PacedStreams() {
	}

	/**
	 * Measures and prints a line for each round.
	 * @param args see above
	 * @throws IOException if a process cannot be started
	 */
	public static void main(String[] args) throws IOException {
		int atATime = Numbers.of(args, 0, 1000);
		int rounds = Numbers.of(args, 1, 5);
		int streams = atATime * Numbers.of(args, 2, 5);
		try (MeasuredProcess mock = MeasuredProcess.start(MockProvider.class);
				MeasuredProcess client = MeasuredProcess.start("512m", ClientProgram.class,
						ClientName.FALLBACK_AI.text(),
						"http://127.0.0.1:" + mock.answer() + MockProvider.PACED + "/v1")) {
			client.answer();
			for (int round = 0; round < rounds; round++) {
				String[] cost = client.ask("stream " + atATime + " " + streams).split(" ", -1);
				String[] left = client.ask("heap").split(" ", -1);
				logger.info("{}",
						String.format(Locale.ROOT,
								"%d streams, %d at a time: heap %.0f MB, %s threads, %.1f microseconds a chunk, %.1f s",
								streams, atATime, Double.parseDouble(left[0]) / MEGA, left[1],
								Double.parseDouble(cost[0]) / streams / MockProvider.CHUNKS / 1000,
								Double.parseDouble(cost[2]) / 1e9));
			}
		}
		System.exit(0);
	}

}
