// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * The OpenAI-compatible HTTP endpoint.
 */
public class GatewayProperties {

	/**
	 * Whether clients of OpenAI's API may call this application.
	 */
	private boolean enabled;

	/**
	 * What the paths of the gateway begin with.
	 */
	private String basePath = "/v1";

	/**
	 * Whether clients need no key. Only with a server.address on this machine.
	 */
	private boolean anonymous;

	/**
	 * Parameters that OpenAI does not document but that are passed on to
	 * OpenAI-compatible endpoints, and members of messages ("messages.weight") and of
	 * their parts ("messages.content.weight"). Other undocumented ones are left out.
	 */
	private List<String> passThrough = new ArrayList<>();

	/**
	 * Largest request. At most a sixteenth of the heap counts.
	 */
	private DataSize maxRequestSize = DataSize.ofMegabytes(20);

	/**
	 * How long a stream may send nothing before a comment keeps the connection alive. 0
	 * is never.
	 */
	private Duration heartbeat = Duration.ofSeconds(15);

	/**
	 * How long the body of a request may pause, and how far it may lag behind 32 KB per
	 * second.
	 */
	private Duration requestPause = Duration.ofSeconds(10);

	/**
	 * Whether a client reads what a provider said about its invalid request.
	 */
	private boolean providerMessages;

	/**
	 * Clients by name. Each has an "api-key", and may have "chains", a list of the only
	 * chains that it may use, "max-concurrent-calls", "max-cost-per-day",
	 * "max-requests-per-minute" and "max-tokens-per-minute".
	 */
	private Map<String, GatewayClientProperties> clients = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final GatewayResponsesProperties responses = new GatewayResponsesProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getBasePath() {
		return this.basePath;
	}

	public void setBasePath(String basePath) {
		this.basePath = basePath;
	}

	public boolean isAnonymous() {
		return this.anonymous;
	}

	public void setAnonymous(boolean anonymous) {
		this.anonymous = anonymous;
	}

	public List<String> getPassThrough() {
		return this.passThrough;
	}

	public void setPassThrough(List<String> passThrough) {
		this.passThrough = passThrough;
	}

	public DataSize getMaxRequestSize() {
		return this.maxRequestSize;
	}

	public void setMaxRequestSize(DataSize maxRequestSize) {
		this.maxRequestSize = maxRequestSize;
	}

	public Duration getHeartbeat() {
		return this.heartbeat;
	}

	public void setHeartbeat(Duration heartbeat) {
		this.heartbeat = heartbeat;
	}

	public Duration getRequestPause() {
		return this.requestPause;
	}

	public void setRequestPause(Duration requestPause) {
		this.requestPause = requestPause;
	}

	public boolean isProviderMessages() {
		return this.providerMessages;
	}

	public void setProviderMessages(boolean providerMessages) {
		this.providerMessages = providerMessages;
	}

	public GatewayResponsesProperties getResponses() {
		return this.responses;
	}

	public Map<String, GatewayClientProperties> getClients() {
		return this.clients;
	}

	public void setClients(Map<String, GatewayClientProperties> clients) {
		this.clients = clients;
	}

}
