// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Duration;

import io.github.fallbackai.status.Spending;
import org.jspecify.annotations.Nullable;

/**
 * The amount that may still be spent at an endpoint. Safe for use by several threads.
 */
public interface EndpointBudget {

	/** The budget of an endpoint without a limit. */
	EndpointBudget UNLIMITED = new EndpointBudget() {

		@Override
		public @Nullable Duration exhaustedFor(long inputTokens, long outputTokens) {
			return null;
		}

		@Override
		public Reservation tryReserve(long inputTokens, long outputTokens) {
			return Reservation.NONE;
		}

		@Override
		public @Nullable Spending spending() {
			return null;
		}

	};

	/**
	 * Tells whether an attempt may start, without any side effect. It is fast, because
	 * every call asks it for every endpoint.
	 * @param inputTokens tokens that its prompt is expected to have
	 * @param outputTokens tokens that its answer is expected to have; if both are zero,
	 * the method tells whether anything is left
	 * @return {@code null} if it may, else how long until the budget is renewed
	 */
	@Nullable Duration exhaustedFor(long inputTokens, long outputTokens);

	/**
	 * Reserves what an attempt is expected to cost.
	 * @param inputTokens tokens that its prompt is expected to have
	 * @param outputTokens tokens that its answer is expected to have
	 * @return the reservation, or {@code null} if less than that is left
	 */
	@Nullable Reservation tryReserve(long inputTokens, long outputTokens);

	/** What was spent in the present period, {@code null} without a limit. */
	@Nullable Spending spending();

}
