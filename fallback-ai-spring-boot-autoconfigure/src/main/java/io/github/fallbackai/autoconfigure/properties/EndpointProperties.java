// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.endpoint.AuthScheme;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.PromptCache;
import io.github.fallbackai.endpoint.ProviderApi;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * One endpoint as it is configured, or a layer of one. Defaults, the endpoint itself and
 * overrides are bound one after another into the same object. The key has no getter, so
 * code that reads properties cannot show it.
 */
public class EndpointProperties extends TrafficProperties {

	/**
	 * Unique name of the endpoint, under which health, metrics and the circuit breaker
	 * show it. Defaults to provider and model, joined by a dash, with dashes for slashes.
	 */
	private @Nullable String name;

	/**
	 * Kind of provider, which decides how requests and answers are written. Defaults to
	 * openai.
	 */
	private @Nullable String provider;

	/**
	 * Base URL of the provider's API or whole URL of its chat operation. Defaults to the
	 * provider's public address.
	 */
	private @Nullable String url;

	/**
	 * Model to ask for.
	 */
	private @Nullable String model;

	/**
	 * Group of endpoints that serve the same model. Defaults to the model.
	 */
	private @Nullable String modelGroup;

	private @Nullable String apiKey;

	/**
	 * File that holds the API key, instead of api-key. It is read again when it changes.
	 */
	private @Nullable String apiKeyFile;

	private List<String> spareApiKeys = new ArrayList<>();

	/**
	 * Name of the deployment at Azure. Defaults to the model.
	 */
	private @Nullable String deployment;

	/**
	 * Name of the ChatModel bean to call, for the provider spring-ai.
	 */
	private @Nullable String bean;

	/**
	 * API by which OpenAI and Azure are asked. With auto, that is chat completions until
	 * the endpoint says that the model needs responses.
	 */
	private @Nullable ProviderApi api;

	/**
	 * Which marks for the prompt cache the endpoint gets. With auto, these are the marks
	 * of the request if the provider is known to take them. For Anthropic, a request
	 * without marks gets one on its instructions and one on its last tool.
	 */
	private PromptCache promptCache = PromptCache.AUTO;

	/**
	 * Version of Azure's API to speak.
	 */
	private @Nullable String apiVersion;

	/**
	 * Name of the SSL bundle to connect with. Defaults to the certificates that Java
	 * trusts.
	 */
	private @Nullable String sslBundle;

	/**
	 * Proxy to connect through, as a URL with http, socks4 or socks5 as its scheme.
	 */
	private @Nullable String proxy;

	/**
	 * How the key is sent. Defaults to the provider's own way.
	 */
	private @Nullable AuthScheme auth;

	/**
	 * Headers to add to every request.
	 */
	private Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * Whether this endpoint moves to the front of the chain, before every priority.
	 */
	private boolean preferred;

	/**
	 * Whether the endpoint takes part in any call.
	 */
	private boolean enabled = true;

	/**
	 * Whether the model thinks before it answers. Limits that are not set are then
	 * longer: 120 seconds to the first content, 60 seconds between two pieces and a
	 * deadline of 5 minutes.
	 */
	private boolean reasoning;

	/**
	 * Whether a call for a whole answer is streamed inside, so that a dead endpoint is
	 * noticed at its first token.
	 */
	private boolean unaryAsStream = true;

	/**
	 * Number of tokens that prompt and answer may have together. Without it there is no
	 * bound.
	 */
	private @Nullable Integer contextWindow;

	/**
	 * What the model can do. Defaults to everything but prefill.
	 */
	private Set<Capability> capabilities = EnumSet.copyOf(Capability.DEFAULTS);

	/**
	 * Whether the key may travel over plain HTTP to another machine.
	 */
	private boolean allowInsecure;

	@NestedConfigurationProperty
	private final ParametersProperties parameters = new ParametersProperties();

	@NestedConfigurationProperty
	private final TimeoutProperties timeout = new TimeoutProperties();

	@NestedConfigurationProperty
	private final RetryProperties retry = new RetryProperties();

	@NestedConfigurationProperty
	private final BreakerProperties circuitBreaker = new BreakerProperties();

	@NestedConfigurationProperty
	private final PriceProperties price = new PriceProperties();

	@NestedConfigurationProperty
	private final SpendLimitProperties spendLimit = new SpendLimitProperties();

	public @Nullable String getName() {
		return this.name;
	}

	public void setName(@Nullable String name) {
		this.name = name;
	}

	public @Nullable String getProvider() {
		return this.provider;
	}

	public void setProvider(@Nullable String provider) {
		this.provider = provider;
	}

	public @Nullable String getUrl() {
		return this.url;
	}

	public void setUrl(@Nullable String url) {
		this.url = url;
	}

	public @Nullable String getModel() {
		return this.model;
	}

	public void setModel(@Nullable String model) {
		this.model = model;
	}

	public @Nullable String getModelGroup() {
		return this.modelGroup;
	}

	public void setModelGroup(@Nullable String modelGroup) {
		this.modelGroup = modelGroup;
	}

	public @Nullable String apiKey() {
		return this.apiKey;
	}

	public void setApiKey(@Nullable String apiKey) {
		this.apiKey = apiKey;
	}

	public @Nullable String getApiKeyFile() {
		return this.apiKeyFile;
	}

	public void setApiKeyFile(@Nullable String apiKeyFile) {
		this.apiKeyFile = apiKeyFile;
	}

	/** Without "get", so that no page that lists properties shows keys. */
	public List<String> spareApiKeys() {
		return this.spareApiKeys;
	}

	public void setSpareApiKeys(List<String> spareApiKeys) {
		this.spareApiKeys = spareApiKeys;
	}

	public @Nullable String getDeployment() {
		return this.deployment;
	}

	public void setDeployment(@Nullable String deployment) {
		this.deployment = deployment;
	}

	public @Nullable String getBean() {
		return this.bean;
	}

	public void setBean(@Nullable String bean) {
		this.bean = bean;
	}

	public @Nullable ProviderApi getApi() {
		return this.api;
	}

	public void setApi(@Nullable ProviderApi api) {
		this.api = api;
	}

	public PromptCache getPromptCache() {
		return this.promptCache;
	}

	public void setPromptCache(PromptCache promptCache) {
		this.promptCache = promptCache;
	}

	public @Nullable String getApiVersion() {
		return this.apiVersion;
	}

	public void setApiVersion(@Nullable String apiVersion) {
		this.apiVersion = apiVersion;
	}

	public @Nullable String getSslBundle() {
		return this.sslBundle;
	}

	public void setSslBundle(@Nullable String sslBundle) {
		this.sslBundle = sslBundle;
	}

	public @Nullable String getProxy() {
		return this.proxy;
	}

	public void setProxy(@Nullable String proxy) {
		this.proxy = proxy;
	}

	public @Nullable AuthScheme getAuth() {
		return this.auth;
	}

	public void setAuth(@Nullable AuthScheme auth) {
		this.auth = auth;
	}

	public Map<String, String> getHeaders() {
		return this.headers;
	}

	public void setHeaders(Map<String, String> headers) {
		this.headers = headers;
	}

	public boolean isPreferred() {
		return this.preferred;
	}

	public void setPreferred(boolean preferred) {
		this.preferred = preferred;
	}

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isReasoning() {
		return this.reasoning;
	}

	public void setReasoning(boolean reasoning) {
		this.reasoning = reasoning;
	}

	public boolean isUnaryAsStream() {
		return this.unaryAsStream;
	}

	public void setUnaryAsStream(boolean unaryAsStream) {
		this.unaryAsStream = unaryAsStream;
	}

	public @Nullable Integer getContextWindow() {
		return this.contextWindow;
	}

	public void setContextWindow(@Nullable Integer contextWindow) {
		this.contextWindow = contextWindow;
	}

	public Set<Capability> getCapabilities() {
		return this.capabilities;
	}

	public void setCapabilities(Set<Capability> capabilities) {
		this.capabilities = capabilities;
	}

	public boolean isAllowInsecure() {
		return this.allowInsecure;
	}

	public void setAllowInsecure(boolean allowInsecure) {
		this.allowInsecure = allowInsecure;
	}

	public ParametersProperties getParameters() {
		return this.parameters;
	}

	public TimeoutProperties getTimeout() {
		return this.timeout;
	}

	public RetryProperties getRetry() {
		return this.retry;
	}

	public BreakerProperties getCircuitBreaker() {
		return this.circuitBreaker;
	}

	public PriceProperties getPrice() {
		return this.price;
	}

	public SpendLimitProperties getSpendLimit() {
		return this.spendLimit;
	}

}
