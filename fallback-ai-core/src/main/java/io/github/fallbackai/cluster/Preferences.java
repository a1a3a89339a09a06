package io.github.fallbackai.cluster;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ranks endpoints that operators prefer: the later, the greater. Safe for use by several
 * threads.
 */
final class Preferences {

	private final AtomicInteger greatest = new AtomicInteger();

	int next() {
		return this.greatest.incrementAndGet();
	}

	void seen(int preference) {
		this.greatest.accumulateAndGet(preference, Math::max);
	}

}
