// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.GatewayClientProperties;
import io.github.fallbackai.autoconfigure.properties.GatewayProperties;
import io.github.fallbackai.autoconfigure.properties.GatewayResponsesProperties;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.gateway.ClientDirectory;
import io.github.fallbackai.gateway.GatewayClient;
import io.github.fallbackai.gateway.GatewaySettings;
import io.github.fallbackai.gateway.responses.ResponsesSettings;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Makes the gateway's parts from its properties, or says why it cannot.
 */
final class GatewayConfiguration {

	private static final String PREFIX = FallbackAiProperties.PREFIX + ".gateway.";

	private static final String ADDRESS = "server.address";

	private final GatewayProperties properties;

	private final Environment environment;

	GatewayConfiguration(GatewayProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	GatewaySettings settings() {
		return Check.value(
				() -> new GatewaySettings(this.properties.getBasePath(), Set.copyOf(this.properties.getPassThrough()),
						Check.bytes(PREFIX + "max-request-size", this.properties.getMaxRequestSize()),
						this.properties.getHeartbeat(), this.properties.isProviderMessages(),
						this.properties.getRequestPause(), responses(this.properties.getResponses())));
	}

	private static ResponsesSettings responses(GatewayResponsesProperties responses) {
		return new ResponsesSettings(responses.getHostedTools(), responses.getMaxStored(),
				Check.bytes(PREFIX + "responses.max-stored-size", responses.getMaxStoredSize()),
				responses.getStoredFor());
	}

	ClientDirectory clients(Set<String> chains) {
		ClientDirectory.Builder directory = ClientDirectory.builder();
		if (this.properties.isAnonymous()) {
			requireLoopback();
			directory.anonymous();
		}
		else if (this.properties.getClients().isEmpty()) {
			throw new InvalidFallbackConfigurationException(PREFIX + "clients",
					"empty, so that no client could use the gateway",
					"Name a client and its key, for example " + PREFIX + "clients.web.api-key, or set " + PREFIX
							+ "anonymous=true and " + ADDRESS + "=127.0.0.1 to admit all programs on this machine.");
		}
		if (this.properties.isAnonymous() && this.properties.getClients().containsKey(GatewayClient.ANONYMOUS.name())) {
			throw new InvalidFallbackConfigurationException(PREFIX + "clients." + GatewayClient.ANONYMOUS.name(),
					"has the name of callers without a key, which " + PREFIX + "anonymous admits",
					"Give the client another name.");
		}
		Map<ApiKey, String> owners = new HashMap<>();
		this.properties.getClients().forEach((name, client) -> {
			ApiKey key = key(name, client);
			String owner = owners.putIfAbsent(key, name);
			if (owner != null) {
				throw new InvalidFallbackConfigurationException(PREFIX + "clients." + name + ".api-key",
						"the same key as that of client " + owner, "Give each client a key of its own.");
			}
			directory.client(client(name, client, chains), key);
		});
		return directory.build();
	}

	private static ApiKey key(String name, GatewayClientProperties client) {
		try {
			return ApiKey.of((client.apiKey() != null) ? client.apiKey() : "");
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFallbackConfigurationException(PREFIX + "clients." + name + ".api-key",
					"missing, blank, or with a character outside printable ASCII",
					"Set it to a long random text that only this client knows.");
		}
	}

	private static GatewayClient client(String name, GatewayClientProperties client, Set<String> chains) {
		String prefix = PREFIX + "clients." + name;
		Set<String> unknown = new HashSet<>(client.getChains());
		unknown.removeAll(chains);
		if (!unknown.isEmpty()) {
			throw new InvalidFallbackConfigurationException(prefix + ".chains",
					"names no chain: " + String.join(", ", unknown) + " (chains: " + String.join(", ", chains) + ")",
					"Correct the name, or leave the list out to allow all chains.");
		}
		return Check.value((setting) -> prefix + '.' + setting,
				() -> new GatewayClient(name, Set.copyOf(client.getChains()), client.getMaxConcurrentCalls(),
						client.getMaxCostPerDay(), client.getMaxRequestsPerMinute(), client.getMaxTokensPerMinute()));
	}

	private void requireLoopback() {
		if (!listensOnLoopbackOnly()) {
			throw new InvalidFallbackConfigurationException(PREFIX + "anonymous",
					"true, although " + ADDRESS + " is not an address of this machine alone",
					"Set " + ADDRESS + "=127.0.0.1, or set anonymous to false and give each client a key below "
							+ PREFIX + "clients.");
		}
	}

	private boolean listensOnLoopbackOnly() {
		try {
			InetAddress address = Binder.get(this.environment).bind(ADDRESS, InetAddress.class).orElse(null);
			return address != null && address.isLoopbackAddress();
		}
		catch (BindException ex) {
			return false;
		}
	}

}
