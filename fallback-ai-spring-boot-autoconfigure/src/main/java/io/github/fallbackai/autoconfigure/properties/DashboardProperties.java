// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * The page for operators.
 */
public class DashboardProperties {

	/**
	 * Whether there is the actuator endpoint fallbackaidashboard, a page that shows
	 * fallbackai. It is exposed and protected like any other.
	 */
	private boolean enabled;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

}
