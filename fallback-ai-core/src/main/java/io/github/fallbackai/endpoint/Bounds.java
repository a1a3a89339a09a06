// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What the constructors of endpoints and settings demand of single values. Internal:
 * public for the other packages of settings.
 */
public final class Bounds {

	private Bounds() {
	}

	/**
	 * Demands a duration above zero.
	 * @param setting name of the setting, in the words of the configuration
	 * @param value its value
	 * @return the value
	 * @throws InvalidValueException if it is not
	 */
	public static Duration positive(String setting, Duration value) {
		require(!value.isZero() && !value.isNegative(), setting, value, "> 0");
		return value;
	}

	/**
	 * Demands a duration of zero or more.
	 * @param setting name of the setting, in the words of the configuration
	 * @param value its value
	 * @return the value
	 * @throws InvalidValueException if it is not
	 */
	public static Duration notNegative(String setting, Duration value) {
		require(!value.isNegative(), setting, value, ">= 0");
		return value;
	}

	/**
	 * Demands an amount of zero or more.
	 * @param setting name of the setting, in the words of the configuration
	 * @param value its value
	 * @return the value
	 * @throws InvalidValueException if it is not
	 */
	public static BigDecimal notNegative(String setting, BigDecimal value) {
		require(value.signum() >= 0, setting, value, ">= 0");
		return value;
	}

	/**
	 * Demands a number of one or more.
	 * @param setting name of the setting, in the words of the configuration
	 * @param value its value
	 * @return the value
	 * @throws InvalidValueException if it is not
	 */
	public static int positive(String setting, int value) {
		require(value >= 1, setting, value, ">= 1");
		return value;
	}

	/**
	 * Demands a number of zero or more.
	 * @param setting name of the setting, in the words of the configuration
	 * @param value its value
	 * @return the value
	 * @throws InvalidValueException if it is not
	 */
	public static int notNegative(String setting, int value) {
		require(value >= 0, setting, value, ">= 0");
		return value;
	}

	/**
	 * Demands a text with something in it.
	 * @param setting name of the setting, in the words of the configuration
	 * @param value its value
	 * @return the value
	 * @throws InvalidValueException if it is blank
	 */
	public static String notBlank(String setting, String value) {
		if (value.isBlank()) {
			throw new InvalidValueException(setting, "blank (expected: a value)");
		}
		return value;
	}

	/**
	 * Demands anything else of a value.
	 * @param holds whether the value is what is expected
	 * @param setting name of the setting, in the words of the configuration
	 * @param value its value, no secret
	 * @param expected what is expected, for example {@code > 0 and <= 1}
	 * @throws InvalidValueException if it is not
	 */
	public static void require(boolean holds, String setting, Object value, String expected) {
		if (!holds) {
			throw InvalidValueException.of(setting, value, expected);
		}
	}

}
