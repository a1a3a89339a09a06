// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

/**
 * The gateway answered with an error.
 */
final class GatewayException extends RuntimeException {

	private final int status;

	GatewayException(int status, String code) {
		super(status + " " + code, null, false, false);
		this.status = status;
	}

	/** The status, 200 for an error in a stream. */
	int status() {
		return this.status;
	}

}
