// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.state.SpendStore;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Counts that instances share through a store, until it is closed. An instance tells what
 * is new about once a second, and asks for what others count from time to time. Nothing
 * waits for the store. Without it each instance counts alone. Safe for use by several
 * threads.
 */
public final class SharedCounts implements AutoCloseable {

	private final @Nullable SpendExchange exchange;

	private final Disposable exchanging;

	private SharedCounts() {
		this.exchange = null;
		this.exchanging = Disposables.disposed();
	}

	/**
	 * Begins to share.
	 * @param spending amounts of periods
	 * @param places places that are taken and given back
	 * @param store where instances share them; it tells its outages itself
	 * @param syncInterval how often an instance asks that has nothing to tell
	 * @param scheduler timers
	 */
	public SharedCounts(List<PeriodSpending> spending, List<Places> places, SpendStore store, Duration syncInterval,
			Scheduler scheduler) {
		List<Shared> all = new ArrayList<>(spending);
		all.addAll(places);
		this.exchange = all.isEmpty() ? null : new SpendExchange(store, all, syncInterval, scheduler);
		this.exchanging = (this.exchange != null) ? this.exchange.start() : Disposables.disposed();
	}

	/** Nothing is shared. */
	public static SharedCounts none() {
		return new SharedCounts();
	}

	/** Tells what is new, waits half a second for that at most, and ends. */
	@Override
	public void close() {
		this.exchanging.dispose();
		if (this.exchange != null) {
			this.exchange.end();
		}
	}

}
