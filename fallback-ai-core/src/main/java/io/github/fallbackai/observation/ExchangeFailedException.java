// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.client.EndpointException;

/**
 * Tells an observation of a failed exchange: kind and status. It has neither cause nor
 * stack trace, because these could quote the request.
 */
final class ExchangeFailedException extends RuntimeException {

	ExchangeFailedException(EndpointException error) {
		super(error.failure().toString(), null, false, false);
	}

}
