// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The present state of all chains: which endpoint the next call without special wishes
 * would use, and why it would not use the others. Immutable.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class FallbackStatus {

	private final long version;

	private final ChainStatus defaultChain;

	private final List<ChainStatus> chains;

	private final @Nullable String lastServedBy;

	FallbackStatus(FallbackStatusBuilder builder) {
		this.version = builder.version;
		this.defaultChain = Objects.requireNonNull(builder.defaultChain, "defaultChain");
		this.chains = List.copyOf(builder.chains);
		this.lastServedBy = builder.lastServedBy;
	}

	/** Starts a status. */
	public static FallbackStatusBuilder builder() {
		return new FallbackStatusBuilder();
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static FallbackStatus read(FallbackStatusBuilder builder) {
		return builder.build();
	}

	/** Starts a status with everything that this one has. */
	public FallbackStatusBuilder toBuilder() {
		return new FallbackStatusBuilder(this);
	}

	/**
	 * Grows with every change that was seen. Two statuses of this instance with the same
	 * version differ only in remaining times and in spending.
	 */
	public long version() {
		return this.version;
	}

	/** The chain for calls that name none. */
	public ChainStatus defaultChain() {
		return this.defaultChain;
	}

	/** Every chain. */
	public List<ChainStatus> chains() {
		return this.chains;
	}

	/**
	 * Name of the endpoint that gave the latest answer, {@code null} before the first.
	 */
	public @Nullable String lastServedBy() {
		return this.lastServedBy;
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
		return toBuilder().defaultChain(own).build();
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

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FallbackStatus fallbackStatus && values().equals(fallbackStatus.values());
	}

	@Override
	public int hashCode() {
		return values().hashCode();
	}

	private List<@Nullable Object> values() {
		return Arrays.asList(this.version, this.defaultChain, this.chains, this.lastServedBy);
	}

	@Override
	public String toString() {
		return "FallbackStatus[version=" + this.version + ", defaultChain=" + this.defaultChain + ", chains="
				+ this.chains + ", lastServedBy=" + this.lastServedBy + "]";
	}

}
