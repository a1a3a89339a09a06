// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;

import org.springframework.boot.convert.DurationStyle;

/**
 * How long a soak takes, and where its random numbers begin.
 *
 * @param seed where the random numbers begin
 * @param duration how long calls are made
 * @param calls how many calls are made at most
 * @param concurrency how many callers there are at a time
 */
record SoakSettings(long seed, Duration duration, long calls, int concurrency) {

	private static final String SEED = "soak.seed";

	private static final String DURATION = "soak.duration";

	private static final String CALLS = "soak.calls";

	private static final String CONCURRENCY = "soak.concurrency";

	private static final Duration WITHOUT_END = Duration.ofDays(365);

	/** What the system properties say. */
	static SoakSettings read() {
		String duration = System.getProperty(DURATION);
		Long calls = Long.getLong(CALLS);
		if (duration == null && calls == null) {
			duration = System.getProperty("soak.default-duration", "25s");
		}
		// "any", which is no number, means another seed for each run.
		long otherwise = Long.getLong("soak.default-seed", System.nanoTime());
		return new SoakSettings(Long.getLong(SEED, otherwise),
				(duration != null) ? DurationStyle.detectAndParse(duration) : WITHOUT_END,
				(calls != null) ? calls : Long.MAX_VALUE, Integer.getInteger(CONCURRENCY, 48));
	}

	@Override
	public String toString() {
		String end = (this.calls < Long.MAX_VALUE) ? "-D%s=%d".formatted(CALLS, this.calls)
				: "-D%s=%ds".formatted(DURATION, this.duration.toSeconds());
		return "seed %1$d (to repeat it: ./mvnw -Psoak test -pl soak -am -D%2$s=%1$d %3$s)".formatted(this.seed, SEED,
				end);
	}

}
