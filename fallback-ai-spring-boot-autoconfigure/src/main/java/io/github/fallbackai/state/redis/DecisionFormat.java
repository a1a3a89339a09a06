// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;

/**
 * An operator's decision in Redis: {@code enabled|disabled|disabled-for}, preference,
 * resets, {@code =} and the encoded reason, or {@code -}, the instance where it was made
 * in the same form; a timer for the disabling.
 */
final class DecisionFormat {

	static final int TIMERS = 1;

	private static final String ENABLED = "enabled";

	private static final String DISABLED = "disabled";

	private static final String DISABLED_FOR = "disabled-for";

	/** More than anybody can make, and far from where the counter would wrap. */
	private static final long MOST_RESETS = 1L << 53;

	private DecisionFormat() {
	}

	static StoredValue write(OperatorDecision decision) {
		OperatorDecision.Disabling disabling = decision.disabling();
		String use = ENABLED;
		String reason = OptionalWord.encode(null);
		Duration remaining = Duration.ZERO;
		if (disabling != null) {
			use = (disabling.remaining() != null) ? DISABLED_FOR : DISABLED;
			remaining = (disabling.remaining() != null) ? disabling.remaining() : Duration.ZERO;
			reason = OptionalWord.encode(disabling.reason());
		}
		return new StoredValue(
				decision.version(), List.of(use, Integer.toString(decision.preference()),
						Long.toString(decision.resets()), reason, OptionalWord.encode(decision.origin())),
				List.of(remaining));
	}

	/**
	 * Reads a decision.
	 * @return the decision, or {@code null} if the value is not one
	 */
	static @Nullable OperatorDecision read(EndpointId endpoint, StoredValue value) {
		List<String> words = value.words();
		if (words.size() < 4) {
			return null;
		}
		try {
			int preference = Integer.parseInt(words.get(1));
			long resets = Long.parseLong(words.get(2));
			if (preference < 0 || resets < 0 || resets > MOST_RESETS) {
				return null;
			}
			return new OperatorDecision(endpoint, value.version(),
					disabling(words.get(0), OptionalWord.decode(words.get(3)), value.timers().get(0)), preference,
					resets, (words.size() > 4) ? OptionalWord.decode(words.get(4)) : null);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static OperatorDecision.@Nullable Disabling disabling(String use, @Nullable String reason,
			Duration remaining) {
		return switch (use) {
			case ENABLED -> null;
			case DISABLED -> new OperatorDecision.Disabling(null, reason);
			case DISABLED_FOR -> remaining.isZero() ? null : new OperatorDecision.Disabling(remaining, reason);
			default -> throw new IllegalArgumentException("not a decision");
		};
	}

}
