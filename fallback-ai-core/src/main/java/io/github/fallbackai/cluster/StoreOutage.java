// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Knows whether the state store is out, and logs it once at the beginning and once at the
 * end. Safe for use by several threads.
 */
final class StoreOutage {

	private static final Logger logger = LoggerFactory.getLogger(StoreOutage.class);

	private final LongSupplier clock;

	private final StateStoreActivity activity;

	private final boolean pinged;

	private final AtomicBoolean ongoing = new AtomicBoolean();

	private final AtomicInteger ends = new AtomicInteger();

	private final Sinks.Many<Long> beginnings = Sinks.many().replay().latest();

	private volatile long since;

	private StoreOutage(LongSupplier clock, StateStoreActivity activity, boolean pinged) {
		this.clock = clock;
		this.activity = activity;
		this.pinged = pinged;
	}

	/**
	 * Outages of a shared store. While it is out it gets no commands until it answers a
	 * ping.
	 */
	static StoreOutage untilPinged(LongSupplier clock, StateStoreActivity activity) {
		return new StoreOutage(clock, activity, true);
	}

	/**
	 * Outages of a store that still gets commands while it is out, until it answers one.
	 */
	static StoreOutage untilAnyAnswer(LongSupplier clock, StateStoreActivity activity) {
		return new StoreOutage(clock, activity, false);
	}

	/** Whether the store is to be left alone. */
	boolean sparesStore() {
		return this.pinged && ongoing();
	}

	/** The store carried out a command. */
	void answered() {
		if (!this.pinged) {
			ended();
		}
	}

	boolean ongoing() {
		return this.ongoing.get();
	}

	/** How many outages are over. */
	int ends() {
		return this.ends.get();
	}

	/** The moments when outages begin; the first one is that of the latest outage. */
	Flux<Long> beginnings() {
		return this.beginnings.asFlux();
	}

	void began(Throwable cause) {
		if (this.ongoing.compareAndSet(false, true)) {
			this.since = this.clock.getAsLong();
			this.activity.outage();
			logger.warn("The state store fails ({}): until it is back, endpoints are guarded by what this instance"
					+ " knows", root(cause).getClass().getName());
			this.beginnings.emitNext(this.since, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
		}
	}

	void ended() {
		if (this.ongoing.get()) {
			// First, so that a late error sees it.
			this.ends.incrementAndGet();
		}
		if (this.ongoing.compareAndSet(true, false)) {
			Duration length = Duration.ofNanos(this.clock.getAsLong() - this.since);
			logger.info("The state store is back after {} ms", length.toMillis());
		}
	}

	/**
	 * Only the class of the innermost cause is logged, because messages may quote
	 * addresses.
	 */
	private static Throwable root(Throwable cause) {
		Throwable root = cause;
		for (Throwable next = root.getCause(); next != null; next = root.getCause()) {
			root = next;
		}
		return root;
	}

}
