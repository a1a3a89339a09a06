package io.github.fallbackai.status;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The present state of a chain.
 *
 * @param name name of the chain
 * @param active the endpoint that the next call would use, {@code null} if none may be
 * tried
 * @param degraded whether that is another endpoint than the chain's first, or none
 * @param endpoints all endpoints of the chain in order
 */
public record ChainStatus(String name, @Nullable EndpointStatus active, boolean degraded,
		List<EndpointStatus> endpoints) {

	public ChainStatus {
		endpoints = List.copyOf(endpoints);
	}

	/** Whether a call may be tried now. */
	public boolean available() {
		return this.active != null;
	}

}
