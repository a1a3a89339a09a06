// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;

/**
 * An amount that an attempt may spend. It must be settled exactly once, when the attempt
 * ends, in whatever way. A later settlement has no effect. Safe for use by several
 * threads.
 */
@FunctionalInterface
public interface Reservation {

	/** Reserves nothing, where there is no limit. */
	Reservation NONE = (cost) -> {
	};

	/**
	 * Replaces the reserved amount by the amount that was spent.
	 * @param cost what the attempt cost, zero if it never began
	 */
	void settle(BigDecimal cost);

}
