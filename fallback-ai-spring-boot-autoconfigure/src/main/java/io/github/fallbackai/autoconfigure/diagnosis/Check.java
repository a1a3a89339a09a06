package io.github.fallbackai.autoconfigure.diagnosis;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * Checks of single values, which name the property that breaks them.
 */
public final class Check {

	private static final Duration LONGEST = Duration.ofDays(365);

	private Check() {
	}

	public static Duration positive(String property, Duration value) {
		if (value.isZero() || value.isNegative()) {
			throw invalid(property, value, "> 0", "Set it to a duration above zero, for example 30s.");
		}
		return notTooLong(property, value);
	}

	public static Duration notNegative(String property, Duration value) {
		if (value.isNegative()) {
			throw invalid(property, value, ">= 0", "Set it to a duration, for example 30s, or to 0 for none.");
		}
		return notTooLong(property, value);
	}

	private static Duration notTooLong(String property, Duration value) {
		if (value.compareTo(LONGEST) > 0) {
			throw invalid(property, value, "<= " + LONGEST.toDays() + "d", "Set it to a duration of a year at most.");
		}
		return value;
	}

	public static int positive(String property, int value) {
		if (value < 1) {
			throw invalid(property, value, ">= 1", "Set it to a number of at least 1.");
		}
		return value;
	}

	public static String notBlank(String property, String value) {
		if (value.isBlank()) {
			throw new InvalidFallbackConfigurationException(property, "blank (expected: a value)",
					"Set it, or remove it for its default.");
		}
		return value;
	}

	/** Checks a size that has to fit into memory, and returns it in bytes. */
	public static int bytes(String property, DataSize value) {
		if (value.toBytes() <= 0 || value.toBytes() > Integer.MAX_VALUE) {
			throw invalid(property, value, "> 0 and < 2GB", "Set it to a size such as 1MB.");
		}
		return (int) value.toBytes();
	}

	private static InvalidFallbackConfigurationException invalid(String property, Object value, String expected,
			String action) {
		return new InvalidFallbackConfigurationException(property, value + " (expected: " + expected + ")", action);
	}

}
