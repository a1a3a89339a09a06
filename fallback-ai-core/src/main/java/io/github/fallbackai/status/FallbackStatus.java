package io.github.fallbackai.status;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The present state of all chains: what the next call without special wishes would use,
 * and why not the others.
 *
 * @param version grows with every change that was seen; statuses of this instance with
 * equal versions are equal but for the times that remain and for spending
 * @param defaultChain the chain of calls that name none
 * @param chains every chain
 * @param lastServedBy name of the endpoint that gave the latest answer, {@code null}
 * before the first
 */
public record FallbackStatus(long version, ChainStatus defaultChain, List<ChainStatus> chains,
		@Nullable String lastServedBy) {

	public FallbackStatus {
		chains = List.copyOf(chains);
	}

	/** A status without a version. */
	public FallbackStatus(ChainStatus defaultChain, List<ChainStatus> chains, @Nullable String lastServedBy) {
		this(0, defaultChain, chains, lastServedBy);
	}

	/**
	 * The same status as callers of one chain see it.
	 * @param chain name of the chain to show as the default one
	 * @return the status, with the same version
	 * @throws IllegalArgumentException if there is no such chain
	 */
	public FallbackStatus seenFrom(String chain) {
		ChainStatus own = this.chains.stream()
			.filter((candidate) -> candidate.name().equals(chain))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("chain: " + chain + " (expected: one of "
					+ this.chains.stream().map(ChainStatus::name).toList() + ")"));
		return new FallbackStatus(this.version, own, this.chains, this.lastServedBy);
	}

	/** The endpoints of all chains, each once. */
	public List<EndpointStatus> endpoints() {
		return this.chains.stream().flatMap((chain) -> chain.endpoints().stream()).distinct().toList();
	}

	/**
	 * Finds an endpoint.
	 * @param name its name
	 * @return its state; empty if no chain has it
	 */
	public Optional<EndpointStatus> endpoint(String name) {
		return endpoints().stream().filter((endpoint) -> endpoint.name().equals(name)).findFirst();
	}

}
