// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * Health of the fallback chain.
 */
public class HealthProperties {

	/**
	 * Health status while no endpoint of the default chain may be tried.
	 */
	private String unavailableStatus = "DOWN";

	public String getUnavailableStatus() {
		return this.unavailableStatus;
	}

	public void setUnavailableStatus(String unavailableStatus) {
		this.unavailableStatus = unavailableStatus;
	}

}
