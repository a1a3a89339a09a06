// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * At least one endpoint was tried and none gave an answer. {@link #attempts()} lists
 * every attempt, {@link #skips()} the endpoints that were not called.
 */
public class AllEndpointsFailedException extends AiFallbackException {

	public AllEndpointsFailedException(CallRecord record) {
		this("No endpoint of chain '" + record.chain() + "' gave an answer: " + record.describe(), record);
	}

	AllEndpointsFailedException(String message, CallRecord record) {
		super(message, record);
	}

}
