// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.time.Duration;

import io.github.fallbackai.breaker.ControlScope;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Carries out decisions of operators about endpoints, for every instance that shares the
 * state store. The management endpoint does the same by POST. Nothing happens before
 * subscription. A decision holds in this instance at once. Attempts under way go on. Safe
 * for use by several threads.
 *
 * <p>
 * Every method throws {@link IllegalArgumentException} if there is no such endpoint.
 */
public interface EndpointControl {

	/**
	 * Takes an endpoint out of use.
	 * @param endpoint its name
	 * @param length for how long, {@code null} until it is enabled
	 * @param reason why, for other operators and logs, as one line of at most 200
	 * characters, without any secret
	 * @return which instances the decision reached
	 * @throws IllegalArgumentException if the length is not positive
	 */
	Mono<ControlScope> disable(String endpoint, @Nullable Duration length, @Nullable String reason);

	/**
	 * Takes back {@link #disable} and {@link #prefer}.
	 * @param endpoint its name
	 * @return which instances the decision reached
	 */
	Mono<ControlScope> enable(String endpoint);

	/**
	 * Closes an endpoint's circuit breaker and ends its cool-downs, those of its account
	 * included.
	 * @param endpoint its name
	 * @return which instances the decision reached
	 */
	Mono<ControlScope> reset(String endpoint);

	/**
	 * Moves an endpoint to the front of its chains.
	 * @param endpoint its name
	 * @return which instances the decision reached
	 */
	Mono<ControlScope> prefer(String endpoint);

	/**
	 * Looks up an endpoint's credentials again, in this instance, and ends the cool-down
	 * of its account.
	 * @param endpoint its name
	 * @return which instances the end of the cool-down reached
	 */
	Mono<ControlScope> reloadCredentials(String endpoint);

}
