// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;

/**
 * What Redis keeps of a state or a decision: a version, a few words without spaces in
 * them, members of the form {@code name=value}, and durations that Redis counts down.
 * <p>
 * Instances of several versions share Redis during an update. So words stay where they
 * are. Whatever an older version may ignore becomes a member, and a reader ignores
 * members and further words that it does not know. Whatever an older version must not
 * ignore, such as a verdict that it does not know, raises {@link #FORMAT}. A value of a
 * newer format is neither followed nor replaced.
 *
 * @param version the version
 * @param words the words
 * @param timers the durations
 */
record StoredValue(Version version, List<String> words, List<Duration> timers) {

	/**
	 * The format of our values. The first one had no number, and no ends in the value.
	 */
	static final int FORMAT = 2;

	private static final String FORMAT_MEMBER = "format=";

	private static final Pattern MEMBER = Pattern.compile("[a-z][a-z0-9-]*=.*");

	private static final int DIGITS = 20;

	/**
	 * A line of states never gets that long. A greater counter is not ours, and what
	 * follows it could not be told from what precedes it.
	 */
	private static final long LONGEST_LINE = 1L << 53;

	/** With more, nanoseconds would overflow. Longer durations count as for ever. */
	private static final long MOST_MILLIS = Duration.ofDays(36500).toMillis();

	StoredValue {
		words = List.copyOf(words);
		timers = List.copyOf(timers);
	}

	/**
	 * Reads what a script answered.
	 * @param answer the remaining milliseconds of each timer, version, words and members,
	 * separated by spaces
	 * @param timers number of timers
	 * @return the value, or {@code null} if the answer is something else or has a newer
	 * format
	 */
	static @Nullable StoredValue parse(String answer, int timers) {
		List<String> parts = List.of(answer.split(" "));
		if (parts.size() <= timers + 1) {
			return null;
		}
		try {
			List<Duration> durations = new ArrayList<>(timers);
			for (String millis : parts.subList(0, timers)) {
				durations.add(Duration.ofMillis(Math.max(0, Math.min(Long.parseLong(millis), MOST_MILLIS))));
			}
			List<String> rest = parts.subList(timers + 1, parts.size());
			return readable(rest) ? new StoredValue(version(parts.get(timers)), words(rest), durations) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static boolean readable(List<String> rest) {
		return rest.stream()
			.filter((word) -> word.startsWith(FORMAT_MEMBER))
			.allMatch((word) -> Long.parseLong(word.substring(FORMAT_MEMBER.length())) <= FORMAT);
	}

	private static List<String> words(List<String> rest) {
		return rest.stream().filter((word) -> !MEMBER.matcher(word).matches()).toList();
	}

	/**
	 * The version as digits that Lua can compare. The numbers of Lua are too small for
	 * ours, and digits sort the same in every locale.
	 */
	static String digits(Version version) {
		return digits(version.epoch() ^ Long.MIN_VALUE) + digits(version.counter());
	}

	private static String digits(long unsigned) {
		String digits = Long.toUnsignedString(unsigned);
		return "0".repeat(DIGITS - digits.length()) + digits;
	}

	private static Version version(String digits) {
		if (digits.length() != 2 * DIGITS) {
			throw new NumberFormatException("not a version");
		}
		long counter = Long.parseUnsignedLong(digits.substring(DIGITS));
		if (counter < 0 || counter > LONGEST_LINE) {
			throw new NumberFormatException("not a version");
		}
		return new Version(Long.parseUnsignedLong(digits.substring(0, DIGITS)) ^ Long.MIN_VALUE, counter);
	}

	/** Words and members; the script adds when the durations end. */
	String text() {
		return String.join(" ", this.words) + ' ' + FORMAT_MEMBER + FORMAT;
	}

	/** Durations for Redis; a part of a millisecond counts as a whole one. */
	List<String> timerMillis() {
		return this.timers.stream().map((timer) -> Long.toString(timer.plusNanos(999_999).toMillis())).toList();
	}

}
