package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;

/**
 * What Redis keeps of a state or a decision: a version, a few words without spaces in
 * them, and durations that Redis counts down.
 *
 * @param version the version
 * @param words the words
 * @param timers the durations
 */
record StoredValue(Version version, List<String> words, List<Duration> timers) {

	private static final int DIGITS = 20;

	/** With more, nanoseconds would overflow. Longer durations count as for ever. */
	private static final long MOST_MILLIS = Duration.ofDays(36500).toMillis();

	StoredValue {
		words = List.copyOf(words);
		timers = List.copyOf(timers);
	}

	/**
	 * Reads what a script answered.
	 * @param answer the remaining milliseconds of each timer, version and words,
	 * separated by spaces
	 * @param timers number of timers
	 * @return the value, or {@code null} if the answer is something else
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
			return new StoredValue(version(parts.get(timers)), parts.subList(timers + 1, parts.size()), durations);
		}
		catch (NumberFormatException ex) {
			return null;
		}
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
		return new Version(Long.parseUnsignedLong(digits.substring(0, DIGITS)) ^ Long.MIN_VALUE,
				Long.parseUnsignedLong(digits.substring(DIGITS)));
	}

	String text() {
		return String.join(" ", this.words);
	}

	/** Durations for Redis; a part of a millisecond counts as a whole one. */
	List<String> timerMillis() {
		return this.timers.stream().map((timer) -> Long.toString(timer.plusNanos(999_999).toMillis())).toList();
	}

}
