// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

/**
 * A response exceeded one of the
 * {@link io.github.fallbackai.client.http.wire.ResponseLimits}. Without a stack trace,
 * because it may be frequent in an attack.
 */
final class ResponseTooLargeException extends RuntimeException {

	ResponseTooLargeException(String what, long limit) {
		this(what + ": more than " + limit + " bytes");
	}

	ResponseTooLargeException(String message) {
		super(message, null, false, false);
	}

}
