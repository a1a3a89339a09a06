// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * Rehearsals of failures.
 */
public class DrillProperties {

	/**
	 * Whether operators may let endpoints fail on purpose, for a limited time and in one
	 * instance, to rehearse a failover.
	 */
	private boolean enabled;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
