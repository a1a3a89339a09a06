// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Numbers statuses. A status gets the next version if it differs from the one before in
 * more than remaining times and spending. Safe for use by several threads. Internal:
 * public for other packages of the library.
 */
public final class StatusVersions {

	private @Nullable FallbackStatus latest;

	private long version;

	/**
	 * Numbers a status.
	 * @param status the present state
	 * @return the same with its version
	 */
	public synchronized FallbackStatus versioned(FallbackStatus status) {
		FallbackStatus timeless = timeless(status);
		if (!timeless.equals(this.latest)) {
			this.latest = timeless;
			this.version++;
		}
		return status.toBuilder().version(this.version).build();
	}

	private static FallbackStatus timeless(FallbackStatus status) {
		List<ChainStatus> chains = status.chains().stream().map(StatusVersions::timeless).toList();
		return status.toBuilder().version(0).defaultChain(timeless(status.defaultChain())).chains(chains).build();
	}

	private static ChainStatus timeless(ChainStatus chain) {
		EndpointStatus active = chain.active();
		return chain.toBuilder()
			.active((active != null) ? active.withoutTimes() : null)
			.endpoints(chain.endpoints().stream().map(EndpointStatus::withoutTimes).toList())
			.build();
	}

}
