// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Carries out decisions of operators about one endpoint, for every instance that shares
 * the state store. Decisions survive restarts if the store does. Safe for use by several
 * threads.
 * <p>
 * Nothing happens before the subscription. Then a decision holds in this instance at
 * once; the answer comes when the other instances can know the decision, or when it is
 * clear that they cannot. It is never an error. Attempts under way go on.
 */
public interface OperatorControl {

	/**
	 * Takes the endpoint out of use; calls skip it as {@code DISABLED}.
	 * @param length for how long, {@code null} until it is enabled
	 * @param reason why, for other operators; without any secret
	 * @return which instances the decision reached
	 * @throws IllegalArgumentException if the length is not positive
	 */
	Mono<ControlScope> disable(@Nullable Duration length, @Nullable String reason);

	/**
	 * Takes back the decisions: the endpoint is in use and in its configured place.
	 * @return which instances the decision reached
	 */
	Mono<ControlScope> enable();

	/**
	 * Closes the circuit breaker, forgets its history, and ends the cool-downs of the
	 * endpoint and of its account.
	 * @return which instances the decision reached
	 */
	Mono<ControlScope> reset();

	/**
	 * Moves the endpoint to the front of its chains, before those preferred earlier.
	 * @return which instances the decision reached
	 */
	Mono<ControlScope> prefer();

	/** Whether the endpoint is out of use by decision. */
	boolean disabled();

	/**
	 * Why it is out of use, {@code null} if it is in use or if the operator did not say.
	 */
	@Nullable String disabledReason();

}
