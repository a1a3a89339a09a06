// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

/**
 * A fault of a reply that would otherwise be complete.
 */
@FunctionalInterface
interface Fault {

	/** Nothing. */
	Fault NONE = (rendering, reply) -> reply;

	Reply strike(Rendering rendering, Reply reply);

	default Fault andThen(Fault next) {
		return (rendering, reply) -> next.strike(rendering, strike(rendering, reply));
	}

}
