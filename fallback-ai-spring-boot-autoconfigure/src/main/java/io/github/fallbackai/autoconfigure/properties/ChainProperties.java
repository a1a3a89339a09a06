// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.util.ArrayList;
import java.util.List;

/**
 * One chain as it is configured. For properties that it does not set, the values for all
 * chains hold.
 */
public class ChainProperties extends CallProperties {

	/**
	 * Names of the chain's endpoints in order of preference.
	 */
	private List<String> endpoints = new ArrayList<>();

	public List<String> getEndpoints() {
		return this.endpoints;
	}

	public void setEndpoints(List<String> endpoints) {
		this.endpoints = endpoints;
	}

}
