// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Duration;

import io.github.fallbackai.endpoint.Bounds;

/**
 * How responses behave. Immutable.
 *
 * @param hostedTools what happens to tools that a provider would run itself
 * @param maxStored most responses that are kept, 0 for none
 * @param maxStoredSize most bytes of all responses that are kept
 * @param storedFor how long a response is kept
 */
public record ResponsesSettings(HostedTools hostedTools, int maxStored, int maxStoredSize, Duration storedFor) {

	/** The defaults. */
	public static final ResponsesSettings DEFAULTS = new ResponsesSettings(HostedTools.REJECT, 1000, 64 * 1024 * 1024,
			Duration.ofHours(1));

	/**
	 * Checks the settings.
	 * @throws io.github.fallbackai.endpoint.InvalidValueException if one has a value that
	 * it cannot have
	 */
	public ResponsesSettings {
		Bounds.notNegative("gateway.responses.max-stored", maxStored);
		Bounds.notNegative("gateway.responses.max-stored-size", maxStoredSize);
		Bounds.positive("gateway.responses.stored-for", storedFor);
	}

	/** The same settings for so many responses. */
	public ResponsesSettings withMaxStored(int maxStored) {
		return new ResponsesSettings(this.hostedTools, maxStored, this.maxStoredSize, this.storedFor);
	}

}
