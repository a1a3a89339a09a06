package io.github.fallbackai.state;

import reactor.core.publisher.Mono;

/**
 * Adds up what instances spend at endpoints. A {@link BreakerStateStore} that also is one
 * shares spend limits. Calls never wait for it.
 * <p>
 * Every contributor reports the whole of what it spent in the period rather than what is
 * new, so that a report that was lost, came twice or met an emptied store does no harm.
 * Implementations are safe for use by several threads and never block the thread that
 * subscribes.
 */
public interface SpendStore {

	/**
	 * Notes what a contributor has spent, unless a greater amount of the same is known.
	 * @param report the contributor's amount
	 * @return what all contributors together have spent in the period, in billionths of
	 * the currency
	 */
	Mono<Long> report(SpendReport report);

}
