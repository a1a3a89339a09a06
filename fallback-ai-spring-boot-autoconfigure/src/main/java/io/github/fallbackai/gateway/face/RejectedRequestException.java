// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

/**
 * The gateway refuses a request before any endpoint sees it.
 */
public final class RejectedRequestException extends RuntimeException {

	private final transient GatewayError error;

	public RejectedRequestException(GatewayError error) {
		// Without a stack trace, because the client's mistake may come often.
		super(error.code(), null, false, false);
		this.error = error;
	}

	/** What the client is told. */
	public GatewayError error() {
		return this.error;
	}

}
