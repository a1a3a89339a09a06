// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import java.time.Duration;
import java.util.Objects;

import io.github.fallbackai.failure.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal of a failure: what goes wrong, for which requests, and when it ends. Every
 * drill ends by itself. Immutable.
 */
public final class Drill {

	/** The longest that a drill may last, also if it ends after a number of requests. */
	public static final Duration LONGEST = Duration.ofMinutes(10);

	/** The largest number of requests that a drill may end after. */
	public static final int MOST_CALLS = 10_000;

	/** Most characters of {@link #only()}. */
	public static final int LONGEST_WORD = 100;

	/** Most characters of {@link #reason()}. */
	public static final int LONGEST_REASON = 200;

	/** Most characters of text before a cut. */
	public static final int LONGEST_TEXT = 100_000;

	private static final int DEFAULT_TEXT = 60;

	private final DrillFault fault;

	private final @Nullable Integer calls;

	private final Duration length;

	private final double share;

	private final @Nullable String only;

	private final int after;

	private final @Nullable String reason;

	private Drill(Builder builder) {
		this.fault = builder.fault;
		this.calls = builder.calls;
		this.length = (builder.length != null) ? builder.length : LONGEST;
		this.share = builder.share;
		this.only = builder.only;
		this.after = builder.after;
		this.reason = OneLine.of(builder.reason, LONGEST_REASON);
	}

	/**
	 * Starts a drill.
	 * @param fault what goes wrong
	 * @return a builder
	 */
	public static Builder of(DrillFault fault) {
		return new Builder(fault);
	}

	/** What goes wrong. */
	public DrillFault fault() {
		return this.fault;
	}

	/** After how many failed requests it ends, {@code null} if it only ends by time. */
	public @Nullable Integer calls() {
		return this.calls;
	}

	/** How long it lasts at most. */
	public Duration length() {
		return this.length;
	}

	/** The share of requests that fail, by chance; 1 for all. */
	public double share() {
		return this.share;
	}

	/**
	 * The use case or mark of the calls whose requests fail, {@code null} for all calls.
	 */
	public @Nullable String only() {
		return this.only;
	}

	/** How many characters of text come before a {@linkplain DrillFault#CUT cut}. */
	public int after() {
		return this.after;
	}

	/** Why, {@code null} if the operator did not say. */
	public @Nullable String reason() {
		return this.reason;
	}

	@Override
	public String toString() {
		return "Drill[fault=" + this.fault.word() + ", calls=" + this.calls + ", length=" + this.length + ", share="
				+ this.share + ", only=" + this.only + "]";
	}

	/**
	 * Collects a drill. A number of requests, a length or both are needed; everything
	 * else has a default. Not safe for use by several threads.
	 */
	public static final class Builder {

		private final DrillFault fault;

		private @Nullable Integer calls;

		private @Nullable Duration length;

		private double share = 1;

		private @Nullable String only;

		private int after = DEFAULT_TEXT;

		private @Nullable String reason;

		private Builder(DrillFault fault) {
			this.fault = Objects.requireNonNull(fault, "fault");
		}

		/**
		 * Ends it after so many failed requests, of calls and probes, 1 to
		 * {@value Drill#MOST_CALLS}.
		 */
		public Builder calls(int calls) {
			require("calls", calls, calls >= 1 && calls <= MOST_CALLS, "1 to " + MOST_CALLS);
			this.calls = calls;
			return this;
		}

		/** Ends it after this time, at most {@link Drill#LONGEST}. */
		public Builder length(Duration length) {
			require("length", length, !length.isZero() && !length.isNegative() && length.compareTo(LONGEST) <= 0,
					"> 0 and at most " + LONGEST.toMinutes() + "m");
			this.length = length;
			return this;
		}

		/** Lets only a share of requests fail, chosen by chance; above 0, at most 1. */
		public Builder share(double share) {
			require("share", share, share > 0 && share <= 1, "> 0 and at most 1");
			this.share = share;
			return this;
		}

		/**
		 * Lets only requests of calls fail that have this use case or this
		 * {@linkplain Drills#marked mark}. Background probes have neither.
		 */
		public Builder only(@Nullable String only) {
			require("only", only, only == null || (!only.isBlank() && only.length() <= LONGEST_WORD),
					"a word of at most " + LONGEST_WORD + " characters");
			this.only = only;
			return this;
		}

		/** How many characters come before a cut; 60 unless set. */
		public Builder after(int after) {
			require("after", after, after >= 0 && after <= LONGEST_TEXT, "0 to " + LONGEST_TEXT);
			this.after = after;
			return this;
		}

		/** Why, for other operators and logs, as one line, without any secret. */
		public Builder reason(@Nullable String reason) {
			this.reason = reason;
			return this;
		}

		/**
		 * Builds the drill.
		 * @return the drill
		 * @throws IllegalArgumentException if it has no end
		 */
		public Drill build() {
			if (this.calls == null && this.length == null) {
				throw new IllegalArgumentException(
						"drill: without an end (expected: a number of calls, a length, or both)");
			}
			return new Drill(this);
		}

		private static void require(String name, @Nullable Object value, boolean valid, String expected) {
			if (!valid) {
				throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
			}
		}

	}

}
