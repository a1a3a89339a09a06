// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random numbers for one purpose. They follow from the seed and the purpose alone, so
 * that a run with the same seed does the same in each call, in whatever order calls
 * happen.
 */
final class Dice {

	private final SplittableRandom random;

	private Dice(long seed) {
		this.random = new SplittableRandom(seed);
	}

	static Dice of(long seed, Object... purpose) {
		return new Dice(seed * 31 + Arrays.hashCode(purpose) * 0x9E3779B97F4A7C15L);
	}

	boolean oneIn(int cases) {
		return below(cases) == 0;
	}

	int below(int bound) {
		return this.random.nextInt(bound);
	}

	Duration millis(int least, int most) {
		return Duration.ofMillis(this.random.nextInt(least, most + 1));
	}

	<T> T any(List<T> values) {
		return values.get(below(values.size()));
	}

}
