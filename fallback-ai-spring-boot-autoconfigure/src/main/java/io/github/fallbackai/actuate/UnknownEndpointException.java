// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * An operation names an endpoint that does not exist.
 */
final class UnknownEndpointException extends InvalidEndpointRequestException {

	UnknownEndpointException(String message) {
		super(message, message);
	}

}
