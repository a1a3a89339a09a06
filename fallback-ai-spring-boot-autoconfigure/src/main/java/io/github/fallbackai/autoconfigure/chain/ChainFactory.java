// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.endpoint.EndpointFactory;
import io.github.fallbackai.autoconfigure.endpoint.EndpointNames;
import io.github.fallbackai.autoconfigure.endpoint.EndpointSetup;
import io.github.fallbackai.autoconfigure.endpoint.LayeredEndpointProperties;
import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.endpoint.Chain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes chains from the endpoints that are on, the preferred one first, and logs which
 * ones are off.
 */
public final class ChainFactory {

	private static final Logger logger = LoggerFactory.getLogger(ChainFactory.class);

	private final EndpointFactory endpoints;

	public ChainFactory(EndpointFactory endpoints) {
		this.endpoints = endpoints;
	}

	/**
	 * Makes the chains.
	 * @param sources all configured endpoints in order
	 * @param list the chains
	 * @param consumerStall how long a caller may take nothing of a stream
	 * @return endpoints and chains
	 * @throws InvalidFallbackConfigurationException if no endpoint is on, or something is
	 * wrong
	 */
	public FallbackSetup create(List<LayeredEndpointProperties> sources, ChainList list, Duration consumerStall) {
		List<LayeredEndpointProperties> on = sources.stream().filter((source) -> isOn(source)).toList();
		if (on.isEmpty()) {
			throw allOff(sources);
		}
		Map<String, EndpointSetup> byName = new LinkedHashMap<>();
		preferredFirst(on).forEach((source) -> byName.put(source.name(), this.endpoints.create(source)));
		ChainMembers members = new ChainMembers(byName,
				new EndpointNames(sources.stream().map(LayeredEndpointProperties::name).toList()));
		List<ChainSetup> chains = list.chains().stream().map((chain) -> create(chain, members.of(chain))).toList();
		byName.values()
			.stream()
			.filter((endpoint) -> chains.stream().noneMatch((chain) -> chain.endpoints().contains(endpoint)))
			.forEach((endpoint) -> logger.warn("Endpoint {} is in no chain: no call goes there",
					endpoint.endpoint().name()));
		return new FallbackSetup(List.copyOf(byName.values()), chains, list.defaultChain(), consumerStall);
	}

	private static ChainSetup create(LayeredChainProperties chain, List<EndpointSetup> members) {
		boolean reasoning = members.stream().anyMatch(EndpointSetup::reasoning);
		ChainSetup configured = new ChainSetup(chain.name(), members, CallSettingsFactory.create(chain, reasoning));
		DeadlineCheck.check(chain, configured);
		String name = chain.name().equals(Chain.DEFAULT) ? "" : ' ' + chain.name();
		logger.info("Fallback chain{}: {}", name, configured.describe());
		warnOfLonelyModel(configured);
		return configured;
	}

	private static void warnOfLonelyModel(ChainSetup chain) {
		String group = chain.endpoints().get(0).endpoint().modelGroup();
		long same = chain.endpoints().stream().filter((member) -> member.endpoint().modelGroup().equals(group)).count();
		if (chain.settings().fallbackScope() == FallbackScope.SAME_MODEL && same == 1) {
			logger.warn("Chain {} falls back to the same model only, but no other endpoint has the model-group {}: "
					+ "there is nothing to fall back to", chain.name(), group);
		}
	}

	private static boolean isOn(LayeredEndpointProperties source) {
		if (!source.properties().isEnabled() || source.hasBlankKey()) {
			logger.info("Endpoint {} is off: {}", source.name(), whyOff(source));
			return false;
		}
		return true;
	}

	private static String whyOff(LayeredEndpointProperties source) {
		return source.properties().isEnabled() ? source.property(LayeredEndpointProperties.API_KEY) + " is blank"
				: source.property("enabled") + " is false";
	}

	private static InvalidFallbackConfigurationException allOff(List<LayeredEndpointProperties> sources) {
		String reasons = sources.stream()
			.map((source) -> source.name() + " (" + whyOff(source) + ")")
			.collect(Collectors.joining(", "));
		return new InvalidFallbackConfigurationException(EndpointsProperty.NAME.toString(),
				"every endpoint is off: " + reasons, cure(sources));
	}

	private static String cure(List<LayeredEndpointProperties> sources) {
		long disabled = sources.stream().filter((source) -> !source.properties().isEnabled()).count();
		if (disabled == 0) {
			return "Give at least one endpoint a key, or remove its api-key if it needs none.";
		}
		return (disabled == sources.size()) ? "Set enabled to true for at least one endpoint."
				: "Set enabled to true for an endpoint, or give one that is enabled a key.";
	}

	private static List<LayeredEndpointProperties> preferredFirst(List<LayeredEndpointProperties> endpoints) {
		List<LayeredEndpointProperties> preferred = endpoints.stream()
			.filter((endpoint) -> endpoint.properties().isPreferred())
			.toList();
		if (preferred.size() > 1) {
			throw preferred.get(1)
				.invalid("preferred", "endpoint " + preferred.get(0).name() + " is preferred already",
						"Prefer one endpoint only; the order of the list decides about the others.");
		}
		List<LayeredEndpointProperties> ordered = new ArrayList<>(preferred);
		endpoints.stream().filter((endpoint) -> !endpoint.properties().isPreferred()).forEach(ordered::add);
		return ordered;
	}

}
