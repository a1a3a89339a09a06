package io.github.fallbackai.endpoint;

import java.time.Duration;

/**
 * How long one attempt at an endpoint may take, phase by phase.
 *
 * @param connect until the connection is established, and as long again until TLS is
 * @param firstContent from the start of the attempt until the model generated anything
 * @param idle between two pieces of generated content
 * @param total for the whole attempt
 * @param firstContentExplicit whether {@code firstContent} was set for this endpoint; an
 * explicit limit wins over a chain's ladder of attempt timeouts
 */
public record AttemptLimits(Duration connect, Duration firstContent, Duration idle, Duration total,
		boolean firstContentExplicit) {

	/** The limits of an endpoint that sets none: 3 s, 15 s, 30 s and 10 min. */
	public static final AttemptLimits DEFAULTS = new AttemptLimits(Duration.ofSeconds(3), Duration.ofSeconds(15),
			Duration.ofSeconds(30), Duration.ofMinutes(10), false);

	public AttemptLimits {
		requirePositive("connect", connect);
		requirePositive("first-content", firstContent);
		requirePositive("idle", idle);
		requirePositive("total", total);
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
		}
	}

}
