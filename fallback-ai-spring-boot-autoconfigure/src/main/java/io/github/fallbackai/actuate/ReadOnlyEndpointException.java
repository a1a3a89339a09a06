// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * The management endpoint may only be read.
 */
final class ReadOnlyEndpointException extends InvalidEndpointRequestException {

	ReadOnlyEndpointException(String message) {
		super(message, message);
	}

}
