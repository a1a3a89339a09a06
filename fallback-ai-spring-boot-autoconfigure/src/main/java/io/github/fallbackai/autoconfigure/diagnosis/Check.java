// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.endpoint.InvalidValueException;

import org.springframework.util.unit.DataSize;

/**
 * Makes values from properties. The constructor of a value checks its bounds. The error
 * here adds the name of the property and what to do.
 */
public final class Check {

	private Check() {
	}

	/**
	 * Makes a value from properties directly below {@code fallback.ai}.
	 * @param constructor makes the value
	 * @param <T> type of the value
	 * @return the value
	 * @throws InvalidFallbackConfigurationException if a property has a value that it
	 * cannot have
	 */
	public static <T> T value(Supplier<T> constructor) {
		return value((setting) -> FallbackAiProperties.PREFIX + '.' + setting, constructor);
	}

	/**
	 * Makes a value from properties.
	 * @param property the full name of the property for the name of a setting
	 * @param constructor makes the value
	 * @param <T> type of the value
	 * @return the value
	 * @throws InvalidFallbackConfigurationException if a property has a value that it
	 * cannot have
	 */
	public static <T> T value(UnaryOperator<String> property, Supplier<T> constructor) {
		try {
			return constructor.get();
		}
		catch (InvalidValueException ex) {
			throw invalid(property, ex);
		}
	}

	/**
	 * Says which property has a value that it cannot have, and what to do.
	 * @param property the full name of the property for the name of a setting
	 * @param problem what is wrong
	 * @return the exception to throw
	 */
	public static InvalidFallbackConfigurationException invalid(UnaryOperator<String> property,
			InvalidValueException problem) {
		String value = (problem.value() != null) ? words(problem.value()) + ' ' : "";
		return new InvalidFallbackConfigurationException(property.apply(problem.setting()), value + problem.reason(),
				Cure.of(problem));
	}

	private static String words(Object value) {
		return (value instanceof Duration duration) ? DurationWords.of(duration) : value.toString();
	}

	/**
	 * Checks a size that has to fit into memory.
	 * @param property the full name of the property
	 * @param value the size
	 * @return the size in bytes
	 * @throws InvalidFallbackConfigurationException if it does not fit
	 */
	public static int bytes(String property, DataSize value) {
		if (value.toBytes() > Integer.MAX_VALUE) {
			throw new InvalidFallbackConfigurationException(property, value + " (expected: < 2GB)", Cure.SIZE);
		}
		return (int) value.toBytes();
	}

}
