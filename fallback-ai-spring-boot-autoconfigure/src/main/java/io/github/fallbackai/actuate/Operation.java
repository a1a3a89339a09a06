// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.fallbackai.event.ControlAction;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.convert.DurationStyle;

/**
 * What an operator asks for.
 *
 * @param action what to do
 * @param length for how long, {@code null} for ever
 */
record Operation(ControlAction action, @Nullable Duration length) {

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private static final int LONGEST_QUOTE = 60;

	/**
	 * Reads an operation.
	 * @param action name of the action
	 * @param length for how long
	 * @return the operation
	 * @throws InvalidEndpointRequestException if there is no such operation
	 */
	static Operation of(@Nullable String action, @Nullable String length) {
		ControlAction known = Arrays.stream(ControlAction.values())
			.filter((candidate) -> Words.of(candidate).equals(action))
			.findFirst()
			.orElseThrow(() -> invalid("action", (action != null) ? action : "missing", "one of " + actions()));
		return new Operation(known, (length != null) ? length(length.strip()) : null);
	}

	/**
	 * A number alone is refused, because an operator who writes 30 rarely means
	 * milliseconds.
	 */
	static Duration length(String text) {
		if (text.isEmpty() || !Character.isLetter(text.charAt(text.length() - 1))) {
			throw invalid("for", text, "a length with its unit, such as 30m or PT30M");
		}
		Duration length;
		try {
			length = DurationStyle.detectAndParse(text);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("for", text, "a length with its unit, such as 30m or PT30M");
		}
		if (length.isZero() || length.isNegative()) {
			throw invalid("for", text, "> 0");
		}
		if (length.compareTo(LONGEST) > 0) {
			throw invalid("for", text, "at most " + LONGEST.toDays() + "d, or none for ever");
		}
		return length;
	}

	static InvalidEndpointRequestException invalid(String name, String value, String expected) {
		String message = message(name, value, expected);
		return new InvalidEndpointRequestException(message, message);
	}

	/** Describes a refusal, with as much of the value as fits into one line. */
	static String message(String name, String value, String expected) {
		String line = line(value);
		String quote = (line.length() <= LONGEST_QUOTE) ? line : line.substring(0, LONGEST_QUOTE) + "...";
		return name + ": " + quote + " (expected: " + expected + ")";
	}

	/** Makes one line of a text. */
	static String line(String text) {
		return text.replaceAll("\\p{Cntrl}+", " ");
	}

	private static String actions() {
		return Arrays.stream(ControlAction.values()).map(Words::of).collect(Collectors.joining(", "));
	}

}
