// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What operators decided about an endpoint, at any instance. A decision is made on
 * subscription and holds in this instance at once. The answer is never an error. It says
 * whether the other instances can know the decision. Safe for use by several threads.
 */
public interface Decisions {

	/** Takes the endpoint out of use, without a length until it is enabled. */
	Mono<Boolean> disable(@Nullable Duration length, @Nullable String reason);

	/** Takes back that it is disabled or preferred. */
	Mono<Boolean> enable();

	/** Prefers it to all that were preferred earlier. */
	Mono<Boolean> prefer();

	/** Closes its breaker and ends its cool-downs, its account's included. */
	Mono<Boolean> reset();

	/** Why and for how long the endpoint is out of use, {@code null} if it is in use. */
	OperatorDecision.@Nullable Disabling disablingAt(long now);

	/**
	 * 0 unless operators prefer the endpoint; of several endpoints, the one with the
	 * greatest number comes first.
	 */
	int preference();

}
