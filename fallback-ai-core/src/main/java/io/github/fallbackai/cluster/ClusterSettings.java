// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.UUID;

import io.github.fallbackai.endpoint.Bounds;

/**
 * How instances that share a state store work together.
 *
 * @param instanceId name of this instance among them; must differ from all others
 * @param quorum number of instances that must see an endpoint fail before all skip it
 * @param syncInterval how often an instance compares what it knows with the store
 */
public record ClusterSettings(String instanceId, int quorum, Duration syncInterval) {

	public ClusterSettings {
		Bounds.notBlank("state-store.instance-id", instanceId);
		Bounds.positive("state-store.quorum", quorum);
		Bounds.positive("state-store.sync-interval", syncInterval);
	}

	/** A random identity, a quorum of 1 and an interval of 5 s. */
	public static ClusterSettings defaults() {
		return new ClusterSettings(UUID.randomUUID().toString(), 1, Duration.ofSeconds(5));
	}

}
