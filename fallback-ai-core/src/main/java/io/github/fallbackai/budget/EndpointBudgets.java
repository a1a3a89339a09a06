// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.SpendLimit;
import io.github.fallbackai.state.SpendStore;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The budgets of all endpoints. Within one instance, a limit holds for the expected cost
 * of attempts. Instances that share a store learn about a second later what the others
 * spent. They do not know the attempts that others have under way. So together they may
 * exceed a limit by that much. Safe for use by several threads.
 */
public final class EndpointBudgets implements AutoCloseable {

	/** No others, so it does not matter. */
	private static final Duration NEVER = Duration.ofDays(1);

	private final Map<EndpointId, Ledger> ledgers = new LinkedHashMap<>();

	private final @Nullable SpendExchange exchange;

	private final Disposable exchanging;

	/**
	 * Creates budgets.
	 * @param endpoints the endpoints
	 * @param clock tells when a period ends
	 * @param store where instances share what they spend, {@code null} for this instance
	 * alone; it tells its outages itself
	 * @param syncInterval how often an instance that spends nothing asks what others
	 * spent
	 * @param scheduler timers
	 */
	public EndpointBudgets(Collection<Endpoint> endpoints, Clock clock, @Nullable SpendStore store,
			Duration syncInterval, Scheduler scheduler) {
		for (Endpoint endpoint : endpoints) {
			SpendLimit limit = endpoint.spendLimit();
			if (limit != null && endpoint.price() != null) {
				this.ledgers.put(endpoint.id(), new Ledger(endpoint.id(), endpoint.price(), limit, clock));
			}
		}
		this.exchange = (store != null && !this.ledgers.isEmpty())
				? new SpendExchange(store, this.ledgers.values(), syncInterval, scheduler) : null;
		this.exchanging = (this.exchange != null) ? this.exchange.start() : Disposables.disposed();
	}

	/**
	 * Budgets of this instance alone, by the system's clock.
	 * @param endpoints the endpoints
	 */
	public static EndpointBudgets local(Collection<Endpoint> endpoints) {
		return local(endpoints, Schedulers.parallel());
	}

	/**
	 * Budgets of this instance alone.
	 * @param endpoints the endpoints
	 * @param scheduler clock and timers
	 * @return the budgets
	 */
	public static EndpointBudgets local(Collection<Endpoint> endpoints, Scheduler scheduler) {
		return new EndpointBudgets(endpoints, new SchedulerClock(scheduler), null, NEVER, scheduler);
	}

	/**
	 * The budget of an endpoint.
	 * @param endpoint the endpoint
	 * @return its budget, always the same one; {@link EndpointBudget#UNLIMITED} if it has
	 * no limit
	 */
	public EndpointBudget budget(Endpoint endpoint) {
		Ledger ledger = this.ledgers.get(endpoint.id());
		return (ledger != null) ? ledger : EndpointBudget.UNLIMITED;
	}

	/**
	 * Reports what was spent last, waits half a second for that at most, and ends the
	 * exchange.
	 */
	@Override
	public void close() {
		this.exchanging.dispose();
		if (this.exchange != null) {
			this.exchange.end();
		}
	}

}
