// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The other instances, for votes, probes and decisions. This instance reaches them
 * through the store.
 */
interface Peers {

	/** The name of this instance in its messages, {@code null} if there are no others. */
	@Nullable String origin();

	/** Whether an opening needs the votes of other instances. */
	boolean needsQuorum();

	/** Votes, and tells whether there are enough votes. */
	Mono<Boolean> vote(EndpointId endpoint, Duration validity);

	/** Takes the vote back. */
	Mono<Void> withdraw(EndpointId endpoint);

	/** The right of this instance to probe an endpoint that is open for all. */
	ProbeRight probeRight(EndpointId endpoint, Mailbox mailbox, BooleanSupplier probing, Runnable behind);

	/**
	 * Offers an operator's decision; the answer is the decision that the others have,
	 * empty without others.
	 */
	Mono<OperatorDecision> publish(OperatorDecision decision);

	/** The decision that the others have, empty if there is none. */
	Mono<OperatorDecision> loadDecision(EndpointId endpoint);

	/** What operators decide from now on. */
	Flux<OperatorDecision> decisions();

}
