// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

import io.github.fallbackai.endpoint.ProbeMode;

/**
 * How it is found out whether an endpoint works again.
 */
public class ProbeProperties {

	/**
	 * Which request finds out whether an endpoint works again: a small one of the
	 * library's own in the background, or the next call.
	 */
	private ProbeMode mode = ProbeMode.BACKGROUND;

	/**
	 * How long a call that is the probe waits for first content before the next endpoint
	 * joins.
	 */
	private Duration patience = Duration.ofSeconds(2);

	public ProbeMode getMode() {
		return this.mode;
	}

	public void setMode(ProbeMode mode) {
		this.mode = mode;
	}

	public Duration getPatience() {
		return this.patience;
	}

	public void setPatience(Duration patience) {
		this.patience = patience;
	}

}
