// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Provider parameters of an endpoint, by the names that the provider itself uses at the
 * top level of a request's body. A parameter that is set here replaces the request's, and
 * the request's replaces a default. Dropped parameters are removed last, wherever they
 * come from. If both sides have an object, its members are merged by the same rule.
 * {@code toString()} shows names only.
 *
 * @param defaults added to requests that do not say otherwise
 * @param set forced, whatever the request says
 * @param drop removed
 */
public record Parameters(Map<String, Object> defaults, Map<String, Object> set, Set<String> drop) {

	/** No parameters. */
	public static final Parameters NONE = new Parameters(Map.of(), Map.of(), Set.of());

	public Parameters {
		defaults = copy(defaults);
		set = copy(set);
		drop = Set.copyOf(drop);
	}

	/** Whether requests stay as they are. */
	public boolean isEmpty() {
		return this.defaults.isEmpty() && this.set.isEmpty() && this.drop.isEmpty();
	}

	@Override
	public String toString() {
		return "Parameters[defaults=" + this.defaults.keySet() + ", set=" + this.set.keySet() + ", drop=" + this.drop
				+ "]";
	}

	/** Values may be null, because null is a value in JSON too. */
	private static Map<String, Object> copy(Map<String, Object> values) {
		return Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

}
