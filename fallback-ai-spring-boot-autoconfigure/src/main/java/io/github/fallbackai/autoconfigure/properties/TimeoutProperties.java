// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long one attempt at an endpoint may take.
 */
public class TimeoutProperties {

	/**
	 * Time until the connection is established, and as long again for TLS.
	 */
	private Duration connect = Duration.ofSeconds(3);

	/**
	 * Time from the start of an attempt until the model generated anything. Defaults to
	 * 15 seconds, 60 seconds for an address on this machine and 120 seconds for a
	 * reasoning model.
	 */
	private @Nullable Duration firstContent;

	/**
	 * Time between two pieces of generated content. Defaults to 30 seconds, 60 seconds
	 * for a reasoning model.
	 */
	private @Nullable Duration idle;

	/**
	 * Time for a whole attempt, which is also the timeout of the Resilience4j time
	 * limiter under the endpoint's name.
	 */
	private Duration total = Duration.ofMinutes(10);

	public Duration getConnect() {
		return this.connect;
	}

	public void setConnect(Duration connect) {
		this.connect = connect;
	}

	public @Nullable Duration getFirstContent() {
		return this.firstContent;
	}

	public void setFirstContent(@Nullable Duration firstContent) {
		this.firstContent = firstContent;
	}

	public @Nullable Duration getIdle() {
		return this.idle;
	}

	public void setIdle(@Nullable Duration idle) {
		this.idle = idle;
	}

	public Duration getTotal() {
		return this.total;
	}

	public void setTotal(Duration total) {
		this.total = total;
	}

}
