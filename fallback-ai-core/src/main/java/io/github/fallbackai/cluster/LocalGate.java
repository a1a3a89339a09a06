// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import org.jspecify.annotations.Nullable;

/**
 * The gate of an endpoint in this instance, as the cluster sees it: what the cluster asks
 * it, and what it makes it do because of other instances. Moments are nanoseconds of the
 * clock that gate and cluster share. Safe for use by several threads.
 */
public interface LocalGate {

	/** Whether the breaker is open; half-open does not count. */
	boolean open();

	/** Whether a probe is under way. */
	boolean probing();

	/**
	 * What this instance's breaker says about the endpoint.
	 * @return the verdict, {@code null} if the application controls the breaker
	 */
	@Nullable BreakerVerdict verdict(long now);

	/**
	 * Opens like another instance, or stays open as long as that one.
	 * @param verdict what it decided
	 * @param origin the instance, {@code null} if unknown
	 */
	void followOpening(BreakerVerdict verdict, @Nullable String origin);

	/** Closes as another instance did. */
	void followClosing(@Nullable String origin);

	/**
	 * The cool-down under way that other instances should know; a cool-down of the
	 * account only if this endpoint caused it.
	 */
	@Nullable CoolDown coolDown(long now);

	/** Whether a cool-down is under way that lasts until about the given moment. */
	boolean coolsDown(FailureKind cause, long until, long now);

	/** Cools down as another instance does. */
	void followCoolDown(CoolDown coolDown, long now, @Nullable String origin);

	/**
	 * Ends a cool-down that an operator ended at another instance, but none that lasts
	 * longer.
	 */
	void endCoolDown(FailureKind cause, long until);

	/** Closes the breaker and ends the cool-downs, the account's included. */
	void reset();

	/** Tells the other endpoints of the account that an operator ended its cool-down. */
	void tellAccountReset();

	/** An operator decided something at another instance, and it holds here now. */
	void decidedElsewhere(DecisionNews news);

}
