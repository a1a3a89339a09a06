package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What this instance settles with the others through the store, apart from states.
 */
interface Peers {

	/** How this instance signs what it tells, {@code null} if there are no others. */
	@Nullable String origin();

	/** Whether an opening needs the votes of other instances. */
	boolean needsQuorum();

	/** Votes, and tells whether there are enough votes. */
	Mono<Boolean> vote(EndpointId endpoint, Duration validity);

	/** Takes the vote back. */
	Mono<Void> withdraw(EndpointId endpoint);

	/** The right of this instance to probe an endpoint that is open for all. */
	ProbeRight probeRight(EndpointId endpoint, Mailbox mailbox, BooleanSupplier probing, Runnable behind);

	/** Offers an operator's decision; the answer is what they hold, empty without any. */
	Mono<OperatorDecision> publish(OperatorDecision decision);

	/** What they hold of operators' decisions, empty if that is nothing. */
	Mono<OperatorDecision> loadDecision(EndpointId endpoint);

	/** What operators decide from now on. */
	Flux<OperatorDecision> decisions();

}
