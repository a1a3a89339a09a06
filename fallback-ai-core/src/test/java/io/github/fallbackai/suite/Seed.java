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
		Seed seed = new Seed(Long.getLong(PROPERTY, System.nanoTime()));
		logger.info("Random numbers from {}", seed);
		return seed;
	}

	@Override
	public String toString() {
		return "seed %1$d (to repeat it: -D%2$s=%1$d)".formatted(this.value, PROPERTY);
	}

}
