// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Counts the exchange between this instance and its state store since the start. Safe for
 * use by several threads; the counters only grow.
 */
public final class StateStoreActivity {

	private final LongSupplier clock;

	private final LongAdder done = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder withheld = new LongAdder();

	private final LongAdder outages = new LongAdder();

	private final LongAdder conflicts = new LongAdder();

	private final LongAdder missed = new LongAdder();

	private final LongAdder echoes = new LongAdder();

	private final LongAdder echoNanos = new LongAdder();

	private volatile @Nullable Long comparedAt;

	StateStoreActivity(LongSupplier clock) {
		this.clock = clock;
	}

	/** Commands that the store carried out. */
	public long commandsDone() {
		return this.done.sum();
	}

	/** Commands that the store refused or did not answer in time. */
	public long commandsFailed() {
		return this.failed.sum();
	}

	/** Commands that were not sent because the store is out. */
	public long commandsWithheld() {
		return this.withheld.sum();
	}

	/** How many times the store went out. */
	public long outages() {
		return this.outages.sum();
	}

	/** How many times a change of this instance met another change in the store. */
	public long conflicts() {
		return this.conflicts.sum();
	}

	/** Changes whose message was lost, so that only a comparison found them. */
	public long changesMissed() {
		return this.missed.sum();
	}

	/** Changes told by this instance whose message came back to it. */
	public long changesHeard() {
		return this.echoes.sum();
	}

	/**
	 * The total time that the {@linkplain #changesHeard() heard} changes took from here
	 * through the store and back. They took less to any other instance.
	 */
	public Duration timeToHear() {
		return Duration.ofNanos(this.echoNanos.sum());
	}

	/**
	 * Time since this instance last compared everything it knows with the store.
	 * @return the time, {@code null} if it never did or if the store is not shared
	 */
	public @Nullable Duration sinceComparison() {
		Long last = this.comparedAt;
		return (last != null) ? Duration.ofNanos(this.clock.getAsLong() - last) : null;
	}

	void commandDone() {
		this.done.increment();
	}

	void commandFailed() {
		this.failed.increment();
	}

	void commandWithheld() {
		this.withheld.increment();
	}

	void outage() {
		this.outages.increment();
	}

	void conflict() {
		this.conflicts.increment();
	}

	void missed() {
		this.missed.increment();
	}

	void heard(long nanos) {
		this.echoes.increment();
		this.echoNanos.add(nanos);
	}

	void compared() {
		this.comparedAt = this.clock.getAsLong();
	}

}
