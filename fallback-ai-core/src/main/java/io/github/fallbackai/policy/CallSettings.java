// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.endpoint.Bounds;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.NextEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a chain are carried out. Immutable.
 */
public final class CallSettings {

	/**
	 * The failures after which the next endpoint is asked by default. If no others are
	 * configured, an invalid request moves on too, from every endpoint except the first.
	 */
	public static final Set<FailureKind> DEFAULT_FALLBACK_ON = defaultFallbackOn();

	/** 2 min, no ladder, 5 attempts, resumed streams, no hedging, no waiting. */
	public static final CallSettings DEFAULTS = builder().build();

	private final Duration deadline;

	private final List<Duration> attemptTimeouts;

	private final int maxAttempts;

	private final Set<FailureKind> fallbackOn;

	private final RecoverySettings recovery;

	private final FallbackScope fallbackScope;

	private final @Nullable HedgeSettings hedge;

	private final boolean waitWhenUnavailable;

	private final Duration switchDelay;

	private final Selection selection;

	private final boolean sticky;

	private CallSettings(Builder builder) {
		this.deadline = Bounds.positive("deadline", builder.deadline);
		this.attemptTimeouts = List.copyOf(builder.attemptTimeouts);
		for (int i = 0; i < this.attemptTimeouts.size(); i++) {
			Bounds.positive("attempt-timeouts[" + i + "]", this.attemptTimeouts.get(i));
		}
		this.maxAttempts = Bounds.positive("max-attempts", builder.maxAttempts);
		this.fallbackOn = effective(builder.fallbackOn);
		this.recovery = builder.recovery;
		this.fallbackScope = builder.fallbackScope;
		this.hedge = builder.hedge;
		this.waitWhenUnavailable = builder.waitWhenUnavailable;
		this.switchDelay = Bounds.notNegative("switch-delay", builder.switchDelay);
		this.selection = builder.selection;
		this.sticky = builder.sticky;
	}

	private static Set<FailureKind> defaultFallbackOn() {
		EnumSet<FailureKind> kinds = EnumSet.allOf(FailureKind.class);
		kinds.removeIf((kind) -> kind.nextEndpoint() == NextEndpoint.ON_REQUEST
				|| kind.nextEndpoint() == NextEndpoint.AFTER_FIRST);
		return Set.copyOf(kinds);
	}

	/**
	 * A list of nothing but kinds that are off by default would switch the failover off
	 * for every outage. It adds to the defaults.
	 */
	private static Set<FailureKind> effective(Set<FailureKind> chosen) {
		if (chosen.isEmpty() || !withoutRequested(chosen).isEmpty()) {
			return Set.copyOf(chosen);
		}
		EnumSet<FailureKind> kinds = EnumSet.copyOf(DEFAULT_FALLBACK_ON);
		kinds.addAll(chosen);
		return Set.copyOf(kinds);
	}

	private static Set<FailureKind> withoutRequested(Set<FailureKind> kinds) {
		return kinds.stream()
			.filter((kind) -> kind.nextEndpoint() != NextEndpoint.ON_REQUEST)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Whether an answer in which the model declines, or which policy cut, counts as a
	 * failure.
	 */
	public boolean movesOnAfterRefusals() {
		return this.fallbackOn.contains(FailureKind.REFUSED);
	}

	/** Starts settings with the defaults. */
	public static Builder builder() {
		return new Builder();
	}

	/** Bound of a unary call as a whole, and of the time without progress in a stream. */
	public Duration deadline() {
		return this.deadline;
	}

	/**
	 * The ladder: first-content limit by attempt number, its last value repeats; empty
	 * for off.
	 */
	public List<Duration> attemptTimeouts() {
		return this.attemptTimeouts;
	}

	/** Most attempts in one call. */
	public int maxAttempts() {
		return this.maxAttempts;
	}

	/** The failures after which the next endpoint is asked. */
	public Set<FailureKind> fallbackOn() {
		return this.fallbackOn;
	}

	/**
	 * Whether the next endpoint is asked after a failure.
	 * @param kind what went wrong
	 * @param first whether the endpoint is the first one that the call asked
	 */
	public boolean movesOnAfter(FailureKind kind, boolean first) {
		if (this.fallbackOn.contains(kind)) {
			return true;
		}
		if (kind == FailureKind.CONTENT_FILTERED && this.fallbackOn.contains(FailureKind.REFUSED)) {
			return true;
		}
		boolean chosen = !withoutRequested(this.fallbackOn).equals(DEFAULT_FALLBACK_ON);
		return !chosen && !first && kind.nextEndpoint() == NextEndpoint.AFTER_FIRST;
	}

	/** What happens to streams that break half-way. */
	public RecoverySettings recovery() {
		return this.recovery;
	}

	/** Which endpoints may answer in place of the chain's first one. */
	public FallbackScope fallbackScope() {
		return this.fallbackScope;
	}

	/** When a second endpoint is asked early, {@code null} for never. */
	public @Nullable HedgeSettings hedge() {
		return this.hedge;
	}

	/** Whether a call waits, within its deadline, while no endpoint may be tried. */
	public boolean waitWhenUnavailable() {
		return this.waitWhenUnavailable;
	}

	/** Pause before another endpoint is asked. */
	public Duration switchDelay() {
		return this.switchDelay;
	}

	/** Which of several endpoints of the same priority comes first. */
	public Selection selection() {
		return this.selection;
	}

	/** Whether a conversation keeps its endpoint if endpoints share calls. */
	public boolean sticky() {
		return this.sticky;
	}

	/**
	 * Collects {@link CallSettings}.
	 */
	public static final class Builder {

		private Duration deadline = Duration.ofMinutes(2);

		private List<Duration> attemptTimeouts = List.of();

		private int maxAttempts = 5;

		private Set<FailureKind> fallbackOn = DEFAULT_FALLBACK_ON;

		private RecoverySettings recovery = RecoverySettings.DEFAULTS;

		private FallbackScope fallbackScope = FallbackScope.ANY_MODEL;

		private @Nullable HedgeSettings hedge;

		private boolean waitWhenUnavailable;

		private Duration switchDelay = Duration.ZERO;

		private Selection selection = Selection.ORDER;

		private boolean sticky = true;

		private Builder() {
		}

		/** Bound of the call; 2 min unless set. */
		public Builder deadline(Duration deadline) {
			this.deadline = deadline;
			return this;
		}

		/** The ladder; off unless set. */
		public Builder attemptTimeouts(List<Duration> attemptTimeouts) {
			this.attemptTimeouts = attemptTimeouts;
			return this;
		}

		/** Most attempts in one call; 5 unless set. */
		public Builder maxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * The failures after which the next endpoint is asked. {@code REFUSED} includes
		 * {@code CONTENT_FILTERED}. If there are only kinds that are off by default, they
		 * add to the defaults.
		 */
		public Builder fallbackOn(Set<FailureKind> fallbackOn) {
			this.fallbackOn = fallbackOn;
			return this;
		}

		/** What happens to streams that break half-way; they are resumed unless set. */
		public Builder recovery(RecoverySettings recovery) {
			this.recovery = recovery;
			return this;
		}

		/**
		 * Which endpoints may answer in place of the chain's first one; all unless set.
		 */
		public Builder fallbackScope(FallbackScope fallbackScope) {
			this.fallbackScope = fallbackScope;
			return this;
		}

		/** When a second endpoint is asked early; never unless set. */
		public Builder hedge(@Nullable HedgeSettings hedge) {
			this.hedge = hedge;
			return this;
		}

		/**
		 * Whether a call waits while no endpoint may be tried; it does not unless set.
		 */
		public Builder waitWhenUnavailable(boolean waitWhenUnavailable) {
			this.waitWhenUnavailable = waitWhenUnavailable;
			return this;
		}

		/** Pause before another endpoint is asked; none unless set. */
		public Builder switchDelay(Duration switchDelay) {
			this.switchDelay = switchDelay;
			return this;
		}

		/**
		 * Which of several endpoints of the same priority comes first; the listed order
		 * unless set.
		 */
		public Builder selection(Selection selection) {
			this.selection = selection;
			return this;
		}

		/** Whether a conversation keeps its endpoint; it does unless set. */
		public Builder sticky(boolean sticky) {
			this.sticky = sticky;
			return this;
		}

		/**
		 * Builds the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if a value is out of range
		 */
		public CallSettings build() {
			return new CallSettings(this);
		}

	}

}
