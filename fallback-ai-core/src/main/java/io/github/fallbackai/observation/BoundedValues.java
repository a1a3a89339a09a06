// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Limits the number of values of a tag. The first values are used as they are, all later
 * ones become {@value #OTHER}. Safe for use by several threads.
 */
final class BoundedValues {

	static final String OTHER = "other";

	static final String NONE = "none";

	private static final int MOST = 100;

	private static final int LONGEST = 100;

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	String of(@Nullable String value) {
		if (value == null || value.isBlank()) {
			return NONE;
		}
		if (this.known.contains(value)) {
			return value;
		}
		if (value.length() > LONGEST) {
			return OTHER;
		}
		synchronized (this.known) {
			if (this.known.size() >= MOST) {
				return OTHER;
			}
			this.known.add(value);
		}
		return value;
	}

}
