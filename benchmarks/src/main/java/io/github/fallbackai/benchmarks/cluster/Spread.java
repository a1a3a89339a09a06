// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.cluster;

import java.util.HashMap;
import java.util.Map;

import io.github.fallbackai.event.FailoverEvent;

/**
 * Follows how a change of each endpoint's breaker spreads until every instance has seen
 * it. For one thread.
 */
final class Spread {

	private final int instances;

	private final Map<String, Long> first = new HashMap<>();

	private final Map<String, Integer> seen = new HashMap<>();

	private Class<? extends FailoverEvent> kind = FailoverEvent.class;

	private boolean following;

	private int complete;

	private long longest;

	private long last;

	Spread(int instances) {
		this.instances = instances;
	}

	/** Begins to follow one kind of event. */
	void follow(Class<? extends FailoverEvent> kind) {
		this.kind = kind;
		this.following = true;
	}

	void saw(FailoverEvent event, long now) {
		if (this.following && this.kind.isInstance(event) && event instanceof FailoverEvent.OfEndpoint change) {
			long since = this.first.computeIfAbsent(change.endpoint(), (endpoint) -> now);
			if (this.seen.merge(change.endpoint(), 1, Integer::sum) == this.instances) {
				this.complete++;
				this.longest = Math.max(this.longest, now - since);
				this.last = now;
			}
		}
	}

	/** Number of endpoints whose change every instance has seen. */
	int complete() {
		return this.complete;
	}

	/** Nanoseconds from the first to the last instance, of the slowest endpoint. */
	long longest() {
		return this.longest;
	}

	/** When the last instance saw the last change. */
	long last() {
		return this.last;
	}

}
