// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import io.github.fallbackai.state.SpendStore;
import reactor.core.publisher.Mono;

/**
 * Something that instances count together. Every report holds the whole count of this
 * instance, so it does no harm if one is lost. Safe for use by several threads.
 */
interface Shared {

	/** Whether there is news for the others, or something to learn from them. */
	boolean unreported();

	/**
	 * Tells what this instance counts, and learns what others do.
	 * @param store where to tell it
	 * @param contributor this instance
	 * @return completes when the store has answered
	 */
	Mono<Void> exchange(SpendStore store, String contributor);

}
