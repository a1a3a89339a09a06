// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.status;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import org.jspecify.annotations.Nullable;

/**
 * Collects a {@link FallbackStatus}. Not safe for use by several threads.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class FallbackStatusBuilder {

	long version = 0;

	@Nullable ChainStatus defaultChain;

	List<ChainStatus> chains = List.of();

	@Nullable String lastServedBy;

	FallbackStatusBuilder() {
	}

	FallbackStatusBuilder(FallbackStatus fallbackStatus) {
		this.version = fallbackStatus.version();
		this.defaultChain = fallbackStatus.defaultChain();
		this.chains = fallbackStatus.chains();
		this.lastServedBy = fallbackStatus.lastServedBy();
	}

	/**
	 * Grows with every change that was seen. Two statuses of this instance with the same
	 * version differ only in remaining times and in spending.
	 */
	public FallbackStatusBuilder version(long version) {
		this.version = version;
		return this;
	}

	/** The chain for calls that name none. */
	public FallbackStatusBuilder defaultChain(ChainStatus defaultChain) {
		this.defaultChain = defaultChain;
		return this;
	}

	/** Every chain. */
	public FallbackStatusBuilder chains(List<ChainStatus> chains) {
		this.chains = chains;
		return this;
	}

	/**
	 * Name of the endpoint that gave the latest answer, {@code null} before the first.
	 */
	public FallbackStatusBuilder lastServedBy(@Nullable String lastServedBy) {
		this.lastServedBy = lastServedBy;
		return this;
	}

	/**
	 * Builds the status.
	 * @return the status
	 * @throws NullPointerException without defaultChain
	 */
	public FallbackStatus build() {
		return new FallbackStatus(this);
	}

}
