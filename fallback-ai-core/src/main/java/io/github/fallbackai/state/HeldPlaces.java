// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;

import io.github.fallbackai.endpoint.EndpointId;

/**
 * How many places one instance holds at the moment, of those that instances share.
 *
 * @param subject what the places belong to
 * @param contributor identifies the instance that holds them, and its start
 * @param places how many it holds, not negative
 * @param lasting how long they count unless the instance reports again
 */
public record HeldPlaces(EndpointId subject, String contributor, int places, Duration lasting) {

	public HeldPlaces {
		if (places < 0) {
			throw new IllegalArgumentException("places: " + places + " (expected: >= 0)");
		}
	}

}
