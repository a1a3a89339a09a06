// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.fallbackai.failure.ChoiceReason;
import org.jspecify.annotations.Nullable;

/**
 * The present state of a chain. Immutable.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ChainStatus {

	private final String name;

	private final @Nullable EndpointStatus active;

	private final boolean degraded;

	@JsonInclude(JsonInclude.Include.NON_NULL)
	private final @Nullable ChoiceReason choice;

	private final List<EndpointStatus> endpoints;

	ChainStatus(ChainStatusBuilder builder) {
		this.name = builder.name;
		this.active = builder.active;
		this.degraded = builder.degraded;
		this.choice = builder.choice;
		this.endpoints = List.copyOf(builder.endpoints);
	}

	/** Starts a status. */
	public static ChainStatusBuilder builder() {
		return new ChainStatusBuilder();
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	private static ChainStatus read(ChainStatusBuilder builder) {
		return builder.build();
	}

	/** Starts a status with everything that this one has. */
	public ChainStatusBuilder toBuilder() {
		return new ChainStatusBuilder(this);
	}

	/** Name of the chain. */
	public String name() {
		return this.name;
	}

	/** The endpoint that the next call would use, {@code null} if none may be tried. */
	public @Nullable EndpointStatus active() {
		return this.active;
	}

	/** Whether that is another endpoint than the chain's first, or none. */
	public boolean degraded() {
		return this.degraded;
	}

	/**
	 * Why the next call would use that endpoint, {@code null} if none may be tried. A
	 * call of a conversation may have another reason, and another endpoint.
	 */
	public @Nullable ChoiceReason choice() {
		return this.choice;
	}

	/** All endpoints of the chain in order. */
	public List<EndpointStatus> endpoints() {
		return this.endpoints;
	}

	/** Whether a call may be tried now. */
	public boolean available() {
		return this.active != null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ChainStatus chainStatus && values().equals(chainStatus.values());
	}

	@Override
	public int hashCode() {
		return values().hashCode();
	}

	private List<@Nullable Object> values() {
		return Arrays.asList(this.name, this.active, this.degraded, this.choice, this.endpoints);
	}

	@Override
	public String toString() {
		return "ChainStatus[name=" + this.name + ", active=" + this.active + ", degraded=" + this.degraded + ", choice="
				+ this.choice + ", endpoints=" + this.endpoints + "]";
	}

}
