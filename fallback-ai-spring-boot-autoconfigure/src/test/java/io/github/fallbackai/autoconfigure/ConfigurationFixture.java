// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.autoconfigure.chain.ChainFactory;
import io.github.fallbackai.autoconfigure.chain.ChainList;
import io.github.fallbackai.autoconfigure.chain.ChainSetup;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.endpoint.AllEndpointProperties;
import io.github.fallbackai.autoconfigure.endpoint.EndpointFactory;
import io.github.fallbackai.autoconfigure.endpoint.KnownProvider;
import io.github.fallbackai.autoconfigure.endpoint.LayeredEndpointProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.Endpoint;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Properties as an application has them, without an application.
 */
public final class ConfigurationFixture {

	private final ConfigurableEnvironment environment = new StandardEnvironment();

	private ConfigurationFixture() {
		this.environment.getPropertySources()
			.stream()
			.toList()
			.forEach((source) -> this.environment.getPropertySources().remove(source.getName()));
	}

	/** Properties of a file, in the form {@code name=value}. */
	public static ConfigurationFixture file(String... properties) {
		return new ConfigurationFixture().withFile("file", properties);
	}

	/** Another file, which wins over what is there already. */
	public ConfigurationFixture withFile(String name, String... properties) {
		this.environment.getPropertySources().addFirst(new MapPropertySource(name, map(properties)));
		return this;
	}

	/** Environment variables, which win over what is there already. */
	public ConfigurationFixture withVariables(String... variables) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					map(variables)));
		return this;
	}

	private static Map<String, Object> map(String... properties) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (String property : properties) {
			int equals = property.indexOf('=');
			map.put(property.substring(0, equals), property.substring(equals + 1));
		}
		return map;
	}

	public ConfigurableEnvironment environment() {
		return this.environment;
	}

	public FallbackAiProperties properties() {
		return Binder.get(this.environment)
			.bindOrCreate(FallbackAiProperties.PREFIX, Bindable.of(FallbackAiProperties.class));
	}

	public List<LayeredEndpointProperties> layered() {
		return AllEndpointProperties.read(this.environment, properties()).all();
	}

	public FallbackSetup configured() {
		Map<String, KnownProvider> providers = Map.of("openai", KnownProvider.of(new OpenAiDialect()), "own",
				KnownProvider.OWN_CLIENT);
		return new ChainFactory(new EndpointFactory(providers, List.of())).create(layered(),
				ChainList.read(this.environment, properties()), Duration.ofMinutes(2));
	}

	/** The endpoints of the default chain in order. */
	public List<Endpoint> chain() {
		FallbackSetup configured = configured();
		return chain(configured.defaultChain()).chain().endpoints();
	}

	/** One of the chains. */
	public ChainSetup chain(String name) {
		return configured().chains()
			.stream()
			.filter((chain) -> chain.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no chain " + name));
	}

}
