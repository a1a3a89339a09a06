// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.chat.Load;
import io.github.fallbackai.endpoint.ConcurrencySettings;
import org.jspecify.annotations.Nullable;

/**
 * The places for calls at one endpoint: as many as its limit allows, some of them for
 * batch calls. Safe for use by several threads.
 */
final class Places {

	/** One call of any urgency, in the upper half. */
	private static final long CALL = 1L << 32;

	/** One batch call, in the lower half. */
	private static final long BATCH = 1;

	private final @Nullable CallLimit limit;

	private final double batchShare;

	private final AtomicLong taken = new AtomicLong();

	Places(ConcurrencySettings settings) {
		this.limit = settings.limited() ? limit(settings) : null;
		this.batchShare = settings.batchShare();
	}

	private static CallLimit limit(ConcurrencySettings settings) {
		return settings.adaptive() ? new AdaptiveLimit(settings.maxCalls()) : settings::maxCalls;
	}

	/** Whether a call would find a place. */
	boolean free(Load load) {
		return this.limit == null || fits(this.taken.get(), load, this.limit.current());
	}

	/** Takes a place, which must be given back, unless there is none. */
	boolean tryTake(Load load) {
		if (this.limit == null) {
			return true;
		}
		int most = this.limit.current();
		long before;
		do {
			before = this.taken.get();
			if (!fits(before, load, most)) {
				return false;
			}
		}
		while (!this.taken.compareAndSet(before, before + size(load)));
		return true;
	}

	void giveBack(Load load) {
		if (this.limit != null) {
			this.taken.addAndGet(-size(load));
		}
	}

	/** A call got its first content. */
	void answered(long nanos, long now) {
		if (this.limit != null) {
			this.limit.answered(nanos, calls(this.taken.get()), now);
		}
	}

	/** The endpoint said, or showed, that it has too much to do. */
	void overloaded(long now) {
		if (this.limit != null) {
			this.limit.overloaded(now);
		}
	}

	private boolean fits(long taken, Load load, int most) {
		return calls(taken) < most && (load != Load.BATCH || (int) taken < Math.max(1, (int) (most * this.batchShare)));
	}

	private static int calls(long taken) {
		return (int) (taken >>> 32);
	}

	private static long size(Load load) {
		return (load == Load.BATCH) ? CALL + BATCH : CALL;
	}

}
