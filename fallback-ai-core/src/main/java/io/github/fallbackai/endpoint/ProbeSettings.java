// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How to find out whether an endpoint works again. Immutable.
 */
public final class ProbeSettings {

	/** In the background, and 2 s of patience if a call is the probe. */
	public static final ProbeSettings DEFAULTS = new ProbeSettings(ProbeMode.BACKGROUND, Duration.ofSeconds(2));

	private final ProbeMode mode;

	private final Duration patience;

	/**
	 * @param mode which request is the probe
	 * @param patience how long a call that is the probe waits for first content before
	 * the next endpoint joins
	 * @throws IllegalArgumentException if the patience is not positive
	 */
	public ProbeSettings(ProbeMode mode, Duration patience) {
		Bounds.positive("circuit-breaker.probe.patience", patience);
		this.mode = mode;
		this.patience = patience;
	}

	/** Which request is the probe. */
	public ProbeMode mode() {
		return this.mode;
	}

	/**
	 * How long a call that is the probe waits for first content before the next endpoint
	 * joins.
	 */
	public Duration patience() {
		return this.patience;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ProbeSettings settings && this.mode == settings.mode
				&& this.patience.equals(settings.patience);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.mode, this.patience);
	}

	@Override
	public String toString() {
		return "ProbeSettings[mode=" + this.mode + ", patience=" + this.patience + "]";
	}

}
