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
 * For an instance without others: its own vote is enough, it may always probe, and there
 * are only its own decisions.
 */
final class NoPeers implements Peers {

	@Override
	public @Nullable String origin() {
		return null;
	}

	@Override
	public boolean needsQuorum() {
		return false;
	}

	@Override
	public Mono<Boolean> vote(EndpointId endpoint, Duration validity) {
		return Mono.just(true);
	}

	@Override
	public Mono<Void> withdraw(EndpointId endpoint) {
		return Mono.empty();
	}

	@Override
	public ProbeRight probeRight(EndpointId endpoint, Mailbox mailbox, BooleanSupplier probing, Runnable behind) {
		return ProbeRight.UNCONDITIONAL;
	}

	@Override
	public Mono<OperatorDecision> publish(OperatorDecision decision) {
		return Mono.empty();
	}

	@Override
	public Mono<OperatorDecision> loadDecision(EndpointId endpoint) {
		return Mono.empty();
	}

	@Override
	public Flux<OperatorDecision> decisions() {
		return Flux.never();
	}

}
