// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.diagnosis.Spelling;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.RetryProperties;
import io.github.fallbackai.autoconfigure.properties.TrafficProperties;
import io.github.fallbackai.endpoint.ConcurrencySettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.EndpointCustomizer;
import io.github.fallbackai.endpoint.Placement;
import io.github.fallbackai.endpoint.PromptCache;
import io.github.fallbackai.endpoint.ProviderApi;
import io.github.fallbackai.policy.RetrySettings;
import org.jspecify.annotations.Nullable;

/**
 * Makes an endpoint from its properties, or says which of them is wrong.
 */
public final class EndpointFactory {

	private final Map<String, KnownProvider> providers;

	private final List<EndpointCustomizer> customizers;

	/**
	 * Creates a factory.
	 * @param providers the known providers by name
	 * @param customizers adjust every endpoint at the end
	 */
	public EndpointFactory(Map<String, KnownProvider> providers, List<EndpointCustomizer> customizers) {
		this.providers = Map.copyOf(providers);
		this.customizers = List.copyOf(customizers);
	}

	/**
	 * Makes an endpoint.
	 * @param source its properties
	 * @return the endpoint
	 * @throws InvalidFallbackConfigurationException if a property is wrong
	 */
	public EndpointSetup create(LayeredEndpointProperties source) {
		EndpointProperties properties = source.properties();
		KnownProvider provider = provider(source);
		URI bean = ChatModelBeans.address(source);
		EndpointAddress address = EndpointAddress.of(source, (bean != null) ? bean : provider.url());
		address.protectKey(source);
		EndpointBuilder endpoint = Endpoint.named(source.name())
			.provider(source.provider())
			.model(source.model())
			.modelGroup(properties.getModelGroup())
			.url(address.url())
			.auth(properties.getAuth())
			.allowInsecure(properties.isAllowInsecure())
			.unaryAsStream(properties.isUnaryAsStream())
			.capabilities(properties.getCapabilities())
			.placement(placement(source))
			.concurrency(concurrency(source))
			.parameters(ParameterValues.of(properties.getParameters()))
			.limits(EndpointLimits.of(source, address))
			.breaker(EndpointBreakerSettings.of(source))
			.contextWindow(properties.getContextWindow());
		EndpointKey.add(source, provider.authentication(), endpoint);
		EndpointCosts.add(source, endpoint);
		addOption(source, "deployment", properties.getDeployment(), endpoint);
		ChatModelBeans.add(source, endpoint);
		addApi(source, endpoint);
		if (properties.getPromptCache() != PromptCache.AUTO) {
			endpoint.option(PromptCache.OPTION, properties.getPromptCache().name().toLowerCase(Locale.ROOT));
		}
		addOption(source, "api-version", properties.getApiVersion(), endpoint);
		addHeaders(source, endpoint);
		return new EndpointSetup(customize(source.value(endpoint::build)), retry(source), properties.isPreferred(),
				properties.isReasoning());
	}

	private Endpoint customize(Endpoint endpoint) {
		Endpoint customized = endpoint;
		for (EndpointCustomizer customizer : this.customizers) {
			customized = customizer.customize(customized);
			// Chains, overrides and breakers find the endpoint by its name.
			if (!customized.name().equals(endpoint.name())) {
				throw new IllegalStateException("name: " + customized.name() + " (expected: " + endpoint.name()
						+ ", which an EndpointCustomizer must keep)");
			}
		}
		return customized;
	}

	private KnownProvider provider(LayeredEndpointProperties source) {
		KnownProvider provider = this.providers.get(source.provider());
		if (provider == null) {
			throw source.invalid("provider",
					"unknown: " + source.provider() + " (expected: one of "
							+ String.join(", ", new TreeSet<>(this.providers.keySet())) + ")",
					Spelling.question(source.provider(), this.providers.keySet())
							+ "Use a known provider; openai is right for everything that is compatible with it.");
		}
		return provider;
	}

	private static RetrySettings retry(LayeredEndpointProperties source) {
		RetryProperties retry = source.properties().getRetry();
		return source.value(() -> new RetrySettings(retry.getMaxAttempts(), retry.getBackoff(), retry.getKinds()));
	}

	private static Placement placement(LayeredEndpointProperties source) {
		EndpointProperties properties = source.properties();
		int priority = properties.isPreferred() ? Integer.MIN_VALUE : properties.getPriority();
		return source.value(() -> new Placement(priority, properties.getWeight()));
	}

	private static ConcurrencySettings concurrency(LayeredEndpointProperties source) {
		TrafficProperties traffic = source.properties();
		return source.value(() -> new ConcurrencySettings(traffic.getMaxConcurrentCalls(),
				traffic.isAdaptiveConcurrency(), traffic.getBatchShare()));
	}

	private static void addApi(LayeredEndpointProperties source, EndpointBuilder endpoint) {
		ProviderApi api = source.properties().getApi();
		if (api == null) {
			return;
		}
		if (!ProviderApi.PROVIDERS.contains(source.provider())) {
			throw source.invalid("api", "provider " + source.provider() + " has one API only",
					"Remove it, or use one of the providers " + String.join(", ", ProviderApi.PROVIDERS) + ".");
		}
		source.value(() -> endpoint.option(ProviderApi.OPTION, api.name().toLowerCase(Locale.ROOT)));
	}

	private static void addOption(LayeredEndpointProperties source, String name, @Nullable String value,
			EndpointBuilder endpoint) {
		if (value != null) {
			source.value(() -> endpoint.option(name, source.resolved(name, value)));
		}
	}

	private static void addHeaders(LayeredEndpointProperties source, EndpointBuilder endpoint) {
		source.properties()
			.getHeaders()
			.forEach((name, value) -> source.value(() -> endpoint.header(name, source.resolved("headers", value))));
	}

}
