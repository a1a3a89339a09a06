// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import reactor.core.publisher.Mono;

/**
 * Adds up what instances spend at endpoints. If a {@link BreakerStateStore} implements
 * this too, its instances share spend limits. Calls never wait for it.
 *
 * <p>
 * Every contributor reports the whole amount that it spent in the period instead of the
 * difference. So it does no harm if a report is lost, comes twice or meets an emptied
 * store. Implementations are safe for use by several threads and never block the thread
 * that subscribes.
 */
public interface SpendStore {

	/**
	 * Notes what a contributor has spent, unless a greater amount of that contributor is
	 * known.
	 * @param report the contributor's amount
	 * @return what all contributors together have spent in the period, in billionths of
	 * the currency
	 */
	Mono<Long> report(SpendReport report);

	/**
	 * Notes how many places a contributor holds now. A later report replaces it, and it
	 * is forgotten when its time has passed.
	 * @param held the contributor's places
	 * @return how many places all contributors hold now; empty if this store does not
	 * count places, which is the default
	 */
	default Mono<Long> hold(HeldPlaces held) {
		return Mono.empty();
	}

}
