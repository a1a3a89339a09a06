// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * The endpoints of {@code fallback.ai.endpoints}, read without the library.
 */
final class ConfiguredEndpoints {

	private static final String PREFIX = "fallback.ai.";

	private static final Bindable<List<Map<String, Object>>> LIST = Bindable.of(ResolvableType
		.forClassWithGenerics(List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class)));

	private static final Bindable<Map<String, String>> TEXTS = Bindable.mapOf(String.class, String.class);

	private static final Bindable<Map<String, Object>> CHAINS = Bindable.mapOf(String.class, Object.class);

	private final Binder binder;

	private final List<String> names = new ArrayList<>();

	ConfiguredEndpoints(Environment environment) {
		this.binder = Binder.get(environment);
		List<Map<String, Object>> endpoints = this.binder.bind(PREFIX + "endpoints", LIST).orElse(List.of());
		for (int i = 0; i < endpoints.size(); i++) {
			this.names.add(name(i));
		}
	}

	List<String> names() {
		return this.names;
	}

	/** A property of an endpoint, wherever it is configured. */
	@Nullable String value(String endpoint, String property) {
		String override = text(override(endpoint, property));
		String own = (override != null) ? override : own(this.names.indexOf(endpoint), property);
		return (own != null) ? own : text(property("defaults." + property));
	}

	/** The names of an endpoint's own headers, wherever they are configured. */
	List<String> headers(String endpoint) {
		List<String> headers = new ArrayList<>();
		for (ConfigurationPropertyName place : List.of(override(endpoint, "headers"),
				property("endpoints[" + this.names.indexOf(endpoint) + "].headers"), property("defaults.headers"))) {
			headers.addAll(this.binder.bind(place, TEXTS).orElse(Map.of()).keySet());
		}
		return headers;
	}

	/** Whether attempts of any chain have limits by their number. */
	boolean haveAttemptTimeouts() {
		return this.binder.bind(PREFIX + "attempt-timeouts", Bindable.listOf(String.class)).isBound()
				|| this.binder.bind(PREFIX + "chains", CHAINS)
					.orElse(Map.of())
					.keySet()
					.stream()
					.anyMatch((chain) -> this.binder
						.bind(ConfigurationPropertyName.adapt(PREFIX + "chains." + chain + ".attempt-timeouts", '.'),
								Bindable.listOf(String.class))
						.isBound());
	}

	static ConfigurationPropertyName override(String endpoint, String property) {
		return ConfigurationPropertyName.adapt(PREFIX + "overrides." + endpoint + '.' + property, '.');
	}

	/** As the library names an endpoint that has no name. */
	private String name(int index) {
		String name = own(index, "name");
		if (name != null) {
			return name;
		}
		String provider = ownOrDefault(index, "provider");
		return (((provider != null) ? provider : "openai") + "-" + ownOrDefault(index, "model")).strip()
			.replace('/', '-');
	}

	private @Nullable String ownOrDefault(int index, String property) {
		String own = own(index, property);
		return (own != null) ? own : text(property("defaults." + property));
	}

	private @Nullable String own(int index, String property) {
		return text(property("endpoints[" + index + "]." + property));
	}

	private @Nullable String text(ConfigurationPropertyName property) {
		return this.binder.bind(property, Bindable.of(String.class)).orElse(null);
	}

	private static ConfigurationPropertyName property(String name) {
		return ConfigurationPropertyName.of(PREFIX + name);
	}

}
