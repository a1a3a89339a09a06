// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Everything below {@code fallback.ai}. Keys have no getter, so code that reads
 * properties cannot show them.
 */
@ConfigurationProperties(FallbackAiProperties.PREFIX)
public class FallbackAiProperties extends CallProperties {

	public static final String PREFIX = "fallback.ai";

	/**
	 * Whether fallback-ai is active.
	 */
	private boolean enabled = true;

	/**
	 * Endpoints in order of preference.
	 */
	private List<EndpointProperties> endpoints = new ArrayList<>();

	/**
	 * Properties of every endpoint that does not set them itself.
	 */
	@NestedConfigurationProperty
	private final EndpointProperties defaults = new EndpointProperties();

	/**
	 * Properties that replace those of an endpoint, by its name: what tests and
	 * environments use.
	 */
	private Map<String, EndpointProperties> overrides = new LinkedHashMap<>();

	private Map<String, String> apiKeys = new LinkedHashMap<>();

	/**
	 * Chains by name. Each has a list "endpoints" of names, and may set the properties
	 * that say how calls are carried out, from deadline to hedge. Without this there is
	 * one chain with all endpoints, named default.
	 */
	private Map<String, ChainProperties> chains = new LinkedHashMap<>();

	/**
	 * Chain for calls that name none. Defaults to the only chain, or to the one named
	 * default.
	 */
	private @Nullable String defaultChain;

	/**
	 * Whether the log of failovers quotes what providers say about failures, which may
	 * contain parts of prompts.
	 */
	private boolean logProviderMessages;

	/**
	 * Whether the code of a call is run once while the application starts, against a
	 * server of its own on loopback, so that the first call does not wait for classes to
	 * be loaded. No provider is asked.
	 */
	private boolean warmUp = true;

	@NestedConfigurationProperty
	private final CoolDownProperties coolDown = new CoolDownProperties();

	@NestedConfigurationProperty
	private final LimitsProperties limits = new LimitsProperties();

	@NestedConfigurationProperty
	private final TransportProperties transport = new TransportProperties();

	@NestedConfigurationProperty
	private final StateStoreProperties stateStore = new StateStoreProperties();

	@NestedConfigurationProperty
	private final HealthProperties health = new HealthProperties();

	@NestedConfigurationProperty
	private final GatewayProperties gateway = new GatewayProperties();

	@NestedConfigurationProperty
	private final DashboardProperties dashboard = new DashboardProperties();

	@NestedConfigurationProperty
	private final DrillProperties drill = new DrillProperties();

	@NestedConfigurationProperty
	private final LangChain4jProperties langchain4j = new LangChain4jProperties();

	@NestedConfigurationProperty
	private final SpringAiProperties springAi = new SpringAiProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public List<EndpointProperties> getEndpoints() {
		return this.endpoints;
	}

	public void setEndpoints(List<EndpointProperties> endpoints) {
		this.endpoints = endpoints;
	}

	public EndpointProperties getDefaults() {
		return this.defaults;
	}

	public Map<String, EndpointProperties> getOverrides() {
		return this.overrides;
	}

	public void setOverrides(Map<String, EndpointProperties> overrides) {
		this.overrides = overrides;
	}

	public Map<String, String> apiKeys() {
		return this.apiKeys;
	}

	public void setApiKeys(Map<String, String> apiKeys) {
		this.apiKeys = apiKeys;
	}

	public Map<String, ChainProperties> getChains() {
		return this.chains;
	}

	public void setChains(Map<String, ChainProperties> chains) {
		this.chains = chains;
	}

	public @Nullable String getDefaultChain() {
		return this.defaultChain;
	}

	public void setDefaultChain(@Nullable String defaultChain) {
		this.defaultChain = defaultChain;
	}

	public boolean isWarmUp() {
		return this.warmUp;
	}

	public void setWarmUp(boolean warmUp) {
		this.warmUp = warmUp;
	}

	public boolean isLogProviderMessages() {
		return this.logProviderMessages;
	}

	public void setLogProviderMessages(boolean logProviderMessages) {
		this.logProviderMessages = logProviderMessages;
	}

	public CoolDownProperties getCoolDown() {
		return this.coolDown;
	}

	public LimitsProperties getLimits() {
		return this.limits;
	}

	public TransportProperties getTransport() {
		return this.transport;
	}

	public StateStoreProperties getStateStore() {
		return this.stateStore;
	}

	public HealthProperties getHealth() {
		return this.health;
	}

	public GatewayProperties getGateway() {
		return this.gateway;
	}

	public DashboardProperties getDashboard() {
		return this.dashboard;
	}

	public DrillProperties getDrill() {
		return this.drill;
	}

	public LangChain4jProperties getLangchain4j() {
		return this.langchain4j;
	}

	public SpringAiProperties getSpringAi() {
		return this.springAi;
	}

}
