// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the random numbers of a test begin: anywhere, or where a failure said. It is
 * logged, and goes into the description of what the test asserts.
 *
 * @param value the seed
 */
public record Seed(long value) {

	private static final Logger logger = LoggerFactory.getLogger(Seed.class);

	private static final String PROPERTY = "fallback-ai.test.seed";

	/** The seed of the system property, or one that was not there before. */
	public static Seed any() {
		return or(System.nanoTime());
	}

	/**
	 * The seed of the system property, or the given one: for a search that is long, and
	 * that goes on elsewhere than in the build.
	 */
	public static Seed or(long value) {
		Seed seed = new Seed(Long.getLong(PROPERTY, value));
		logger.info("Random numbers from {}", seed);
		return seed;
	}

	@Override
	public String toString() {
		return "seed %1$d (to repeat it: -D%2$s=%1$d)".formatted(this.value, PROPERTY);
	}

}
