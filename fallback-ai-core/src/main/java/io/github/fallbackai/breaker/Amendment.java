package io.github.fallbackai.breaker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What operators decide on top of a ruling. Any number of decisions one after the other
 * are one amendment.
 *
 * @param restated whether it says if the endpoint is out of use
 * @param disabling why and until when it is, {@code null} if it is not
 * @param preference the new preference, {@code null} for the one there was
 * @param resets number of further resets
 */
record Amendment(boolean restated, Ruling.@Nullable Disabling disabling, @Nullable Integer preference, long resets) {

	static final Amendment ENABLED = new Amendment(true, null, 0, 0);

	static final Amendment RESET = new Amendment(false, null, null, 1);

	static Amendment disabled(@Nullable Duration length, @Nullable String reason, long now) {
		return new Amendment(true, Ruling.Disabling.of(length, reason, now), null, 0);
	}

	static Amendment preferred(int preference) {
		return new Amendment(false, null, preference, 0);
	}

	/** This amendment and then a later one. */
	Amendment then(Amendment later) {
		return new Amendment(this.restated || later.restated, later.restated ? later.disabling : this.disabling,
				(later.preference != null) ? later.preference : this.preference, this.resets + later.resets);
	}

	/** The ruling as amended. */
	Ruling of(Ruling ruling) {
		return new Ruling(this.restated ? this.disabling : ruling.disabling(),
				(this.preference != null) ? this.preference : ruling.preference(), ruling.resets() + this.resets);
	}

}
