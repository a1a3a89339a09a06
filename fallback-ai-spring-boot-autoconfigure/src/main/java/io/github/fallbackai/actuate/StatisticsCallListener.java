// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;

/**
 * Keeps the statistics of endpoints that the management endpoint shows, with or without a
 * meter registry. Safe for use by several threads.
 */
public final class StatisticsCallListener implements ImmediateCallListener {

	private final Map<String, EndpointStatistics> endpoints = new ConcurrentHashMap<>();

	@Override
	public void onEvent(FailoverEvent event) {
		if (event instanceof FailoverEvent.AttemptEnded ended) {
			of(ended.attempt().endpoint()).add(ended.attempt());
		}
		else if (event instanceof FailoverEvent.EndpointProbed probed) {
			of(probed.endpoint()).probed(probed.attempt());
		}
	}

	EndpointStatistics of(String endpoint) {
		return this.endpoints.computeIfAbsent(endpoint, (name) -> new EndpointStatistics());
	}

}
