// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.time.Duration;

/**
 * Collects {@link AttemptLimits}. Not safe for use by several threads.
 */
public final class AttemptLimitsBuilder {

	private Duration connect;

	private Duration firstContent;

	private Duration idle;

	private Duration total;

	private boolean firstContentExplicit;

	AttemptLimitsBuilder(AttemptLimits limits) {
		this.connect = limits.connect();
		this.firstContent = limits.firstContent();
		this.idle = limits.idle();
		this.total = limits.total();
		this.firstContentExplicit = limits.firstContentExplicit();
	}

	/** Until the connection is established, and as long again until TLS is. */
	public AttemptLimitsBuilder connect(Duration connect) {
		this.connect = connect;
		return this;
	}

	/**
	 * From the start of the attempt until the model generated anything; also makes it an
	 * explicit limit.
	 */
	public AttemptLimitsBuilder firstContent(Duration firstContent) {
		this.firstContent = firstContent;
		this.firstContentExplicit = true;
		return this;
	}

	/** Between two pieces of generated content. */
	public AttemptLimitsBuilder idle(Duration idle) {
		this.idle = idle;
		return this;
	}

	/** For the whole attempt. */
	public AttemptLimitsBuilder total(Duration total) {
		this.total = total;
		return this;
	}

	/**
	 * Builds the limits.
	 * @return the limits
	 * @throws IllegalArgumentException for a value that makes no sense
	 */
	public AttemptLimits build() {
		return new AttemptLimits(this.connect, this.firstContent, this.idle, this.total, this.firstContentExplicit);
	}

}
