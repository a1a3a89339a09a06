// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.SpendPeriod;

/**
 * The names of everything in Redis. All keys of an endpoint have the same hash tag, so
 * that a script finds them on one node of a Redis Cluster.
 */
final class RedisKeys {

	private final String prefix;

	RedisKeys(String prefix) {
		this.prefix = prefix + ':';
	}

	/** The endpoint's state, how long it is open, how long it cools down. */
	List<String> state(EndpointId endpoint) {
		return List.of(key(endpoint, "state"), key(endpoint, "open"), key(endpoint, "rest"));
	}

	/** The operators' decision and how long it disables the endpoint. */
	List<String> decision(EndpointId endpoint) {
		return List.of(key(endpoint, "decision"), key(endpoint, "disabled"));
	}

	/**
	 * The endpoint's state, which instance may probe it, whether another instance wanted
	 * to.
	 */
	List<String> lease(EndpointId endpoint) {
		return List.of(key(endpoint, "state"), key(endpoint, "lease"), key(endpoint, "contested"));
	}

	/** The instances that say that the endpoint fails. */
	List<String> votes(EndpointId endpoint) {
		return List.of(key(endpoint, "votes"));
	}

	/** How much each instance has spent in a period. */
	List<String> spend(EndpointId endpoint, SpendPeriod period) {
		return List.of(key(endpoint, "spend:" + period.length().toMillis() + ':' + period.number()));
	}

	/** How many places each instance holds now. */
	List<String> places(EndpointId subject) {
		return List.of(key(subject, "places"));
	}

	/** An owner's texts, their sizes, and when each of them goes. */
	List<String> documents(String owner) {
		String tag = this.prefix + "{responses." + URLEncoder.encode(owner, StandardCharsets.UTF_8) + "}:";
		return List.of(tag + "texts", tag + "sizes", tag + "ends");
	}

	List<String> ping() {
		return List.of(this.prefix + "ping");
	}

	String channel() {
		return this.prefix + "changes";
	}

	String pingChannel() {
		return this.prefix + "ping";
	}

	private String key(EndpointId endpoint, String what) {
		return this.prefix + '{' + endpoint + "}:" + what;
	}

}
