// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ranks endpoints that operators prefer: the later, the greater. Safe for use by several
 * threads.
 */
final class Preferences {

	private final AtomicInteger greatest = new AtomicInteger();

	int next() {
		return this.greatest.updateAndGet((latest) -> (latest < Integer.MAX_VALUE) ? latest + 1 : latest);
	}

	void seen(int preference) {
		this.greatest.accumulateAndGet(preference, Math::max);
	}

}
