// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.github.fallbackai.failure.ChoiceReason;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link ChainStatus}. Not safe for use by several threads.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ChainStatusBuilder {

	String name = "default";

	@Nullable EndpointStatus active;

	boolean degraded;

	@Nullable ChoiceReason choice;

	List<EndpointStatus> endpoints = List.of();

	ChainStatusBuilder() {
	}

	ChainStatusBuilder(ChainStatus chainStatus) {
		this.name = chainStatus.name();
		this.active = chainStatus.active();
		this.degraded = chainStatus.degraded();
		this.choice = chainStatus.choice();
		this.endpoints = chainStatus.endpoints();
	}

	/** Name of the chain, {@code default} unless given. */
	public ChainStatusBuilder name(String name) {
		this.name = name;
		return this;
	}

	/** The endpoint that the next call would use, {@code null} if none may be tried. */
	public ChainStatusBuilder active(@Nullable EndpointStatus active) {
		this.active = active;
		return this;
	}

	/** Whether that is another endpoint than the chain's first, or none. */
	public ChainStatusBuilder degraded(boolean degraded) {
		this.degraded = degraded;
		return this;
	}

	/** Why the next call would use that endpoint, {@code null} if none may be tried. */
	public ChainStatusBuilder choice(@Nullable ChoiceReason choice) {
		this.choice = choice;
		return this;
	}

	/** All endpoints of the chain in order. */
	public ChainStatusBuilder endpoints(List<EndpointStatus> endpoints) {
		this.endpoints = endpoints;
		return this;
	}

	/**
	 * Builds the status.
	 * @return the status
	 */
	public ChainStatus build() {
		return new ChainStatus(this);
	}

}
