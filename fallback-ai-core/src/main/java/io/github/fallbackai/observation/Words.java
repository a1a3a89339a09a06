// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Constants as the values of tags: in lower case, {@value BoundedValues#NONE} for none.
 */
final class Words {

	private static final Map<Enum<?>, String> KNOWN = new ConcurrentHashMap<>();

	private Words() {
	}

	static String of(@Nullable Enum<?> constant) {
		if (constant == null) {
			return BoundedValues.NONE;
		}
		String known = KNOWN.get(constant);
		return (known != null) ? known
				: KNOWN.computeIfAbsent(constant, (absent) -> absent.name().toLowerCase(Locale.ROOT));
	}

}
