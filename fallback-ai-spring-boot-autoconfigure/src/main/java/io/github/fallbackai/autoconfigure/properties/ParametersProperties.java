// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Parameters of a provider, by the names it uses in a request's body.
 */
public class ParametersProperties {

	private Map<String, Object> defaults = new LinkedHashMap<>();

	/**
	 * Parameters to force, whatever a request says.
	 */
	private Map<String, Object> set = new LinkedHashMap<>();

	/**
	 * Parameters to remove from every request.
	 */
	private Set<String> drop = new LinkedHashSet<>();

	public Map<String, Object> getDefault() {
		return this.defaults;
	}

	public void setDefault(Map<String, Object> defaults) {
		this.defaults = defaults;
	}

	public Map<String, Object> getSet() {
		return this.set;
	}

	public void setSet(Map<String, Object> set) {
		this.set = set;
	}

	public Set<String> getDrop() {
		return this.drop;
	}

	public void setDrop(Set<String> drop) {
		this.drop = drop;
	}

}
