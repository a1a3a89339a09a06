// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counters with the same name and the same tag keys. Each is looked up once in the
 * registry. Safe for use by several threads.
 */
final class Counters {

	private final MeterRegistry registry;

	private final String name;

	private final String description;

	private final String[] keys;

	/** By the values of the tags, which come from bounded sets. */
	private final Map<List<String>, Counter> known = new ConcurrentHashMap<>();

	/**
	 * Creates no counter yet.
	 * @param registry where the counters are
	 * @param name their name
	 * @param description what they count
	 * @param keys the keys of their tags
	 */
	Counters(MeterRegistry registry, String name, String description, String... keys) {
		this.registry = registry;
		this.name = name;
		this.description = description;
		this.keys = keys.clone();
	}

	/** The counter with these values of the tags, in the order of the keys. */
	Counter of(String... values) {
		List<String> key = List.of(values);
		Counter counter = this.known.get(key);
		return (counter != null) ? counter : this.known.computeIfAbsent(key, this::create);
	}

	private Counter create(List<String> values) {
		Counter.Builder builder = Counter.builder(this.name).description(this.description);
		for (int i = 0; i < this.keys.length; i++) {
			builder.tag(this.keys[i], values.get(i));
		}
		return builder.register(this.registry);
	}

}
