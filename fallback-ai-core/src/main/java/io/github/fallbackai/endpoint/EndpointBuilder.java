// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Collects the properties of an {@link Endpoint}. Not safe for use by several threads.
 */
public final class EndpointBuilder {

	private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

	final String name;

	String provider = "openai";

	@Nullable URI url;

	@Nullable String model;

	@Nullable String modelGroup;

	@Nullable ApiKey apiKey;

	@Nullable Path apiKeyFile;

	List<ApiKey> spareApiKeys = List.of();

	@Nullable AuthScheme auth;

	boolean allowInsecure;

	final Map<String, String> headers = new LinkedHashMap<>();

	final Map<String, String> options = new LinkedHashMap<>();

	Parameters parameters = Parameters.NONE;

	boolean unaryAsStream = true;

	AttemptLimits limits = AttemptLimits.DEFAULTS;

	BreakerSettings breaker = BreakerSettings.DEFAULTS;

	@Nullable Integer contextWindow;

	Set<Capability> capabilities = Capability.DEFAULTS;

	Placement placement = Placement.DEFAULTS;

	ConcurrencySettings concurrency = ConcurrencySettings.DEFAULTS;

	@Nullable Price price;

	@Nullable SpendLimit spendLimit;

	EndpointBuilder(String name) {
		this.name = name;
	}

	EndpointBuilder(Endpoint endpoint) {
		this.name = endpoint.name();
		this.provider = endpoint.provider();
		this.url = endpoint.url();
		this.model = endpoint.model();
		this.modelGroup = endpoint.modelGroup();
		this.apiKey = endpoint.apiKey();
		this.apiKeyFile = endpoint.apiKeyFile();
		this.spareApiKeys = endpoint.spareApiKeys();
		this.auth = endpoint.auth();
		this.allowInsecure = endpoint.allowInsecure();
		this.headers.putAll(endpoint.headers());
		this.options.putAll(endpoint.options());
		this.parameters = endpoint.parameters();
		this.unaryAsStream = endpoint.unaryAsStream();
		this.limits = endpoint.limits();
		this.breaker = endpoint.breaker();
		this.contextWindow = endpoint.contextWindow();
		this.capabilities = endpoint.capabilities();
		this.placement = endpoint.placement();
		this.concurrency = endpoint.concurrency();
		this.price = endpoint.price();
		this.spendLimit = endpoint.spendLimit();
	}

	/** The kind of provider; {@code openai} unless set. */
	public EndpointBuilder provider(String provider) {
		this.provider = provider;
		return this;
	}

	/** The base URL or the whole URL of the chat operation; required. */
	public EndpointBuilder url(URI url) {
		this.url = url;
		return this;
	}

	/** The model to ask for; required. */
	public EndpointBuilder model(String model) {
		this.model = model;
		return this;
	}

	/** The group of endpoints that serve the same model; the model unless set. */
	public EndpointBuilder modelGroup(@Nullable String modelGroup) {
		this.modelGroup = modelGroup;
		return this;
	}

	/** The key; none unless set. */
	public EndpointBuilder apiKey(@Nullable ApiKey apiKey) {
		this.apiKey = apiKey;
		return this;
	}

	/** How the key is sent; the provider's own way unless set. */
	public EndpointBuilder auth(@Nullable AuthScheme auth) {
		this.auth = auth;
		return this;
	}

	/** The file that holds the key, instead of a fixed one; none unless set. */
	public EndpointBuilder apiKeyFile(@Nullable Path apiKeyFile) {
		this.apiKeyFile = apiKeyFile;
		return this;
	}

	/**
	 * Keys for the time in which the provider refuses or limits the first one, in this
	 * order; none unless set.
	 */
	public EndpointBuilder spareApiKeys(List<ApiKey> spareApiKeys) {
		this.spareApiKeys = List.copyOf(spareApiKeys);
		return this;
	}

	/**
	 * Whether a key may be sent over plain HTTP to another machine; {@code false} unless
	 * set.
	 */
	public EndpointBuilder allowInsecure(boolean allowInsecure) {
		this.allowInsecure = allowInsecure;
		return this;
	}

	/**
	 * Adds one header to every request.
	 * @throws InvalidValueException if HTTP cannot carry its name or value
	 */
	public EndpointBuilder header(String name, String value) {
		if (!HEADER_NAME.matcher(name).matches() || !HEADER_VALUE.matcher(value).matches()) {
			throw new InvalidValueException("headers", "one has a name or a value that HTTP cannot carry");
		}
		this.headers.put(name, value);
		return this;
	}

	/** Sets an option that only this kind of provider knows; not blank. */
	public EndpointBuilder option(String name, String value) {
		this.options.put(name, Bounds.notBlank(name, value));
		return this;
	}

	/**
	 * What is added to, forced into and removed from the body of every request; nothing
	 * unless set.
	 */
	public EndpointBuilder parameters(Parameters parameters) {
		this.parameters = parameters;
		return this;
	}

	/** Whether a unary call is streamed inside; {@code true} unless set. */
	public EndpointBuilder unaryAsStream(boolean unaryAsStream) {
		this.unaryAsStream = unaryAsStream;
		return this;
	}

	/** How long an attempt may take; {@link AttemptLimits#DEFAULTS} unless set. */
	public EndpointBuilder limits(AttemptLimits limits) {
		this.limits = limits;
		return this;
	}

	/**
	 * When the circuit breaker opens; {@link BreakerSettings#DEFAULTS} unless set.
	 */
	public EndpointBuilder breaker(BreakerSettings breaker) {
		this.breaker = breaker;
		return this;
	}

	/** The model's context window in tokens; unknown unless set. */
	public EndpointBuilder contextWindow(@Nullable Integer contextWindow) {
		this.contextWindow = contextWindow;
		return this;
	}

	/** What the model can do; {@link Capability#DEFAULTS} unless set. */
	public EndpointBuilder capabilities(Set<Capability> capabilities) {
		this.capabilities = capabilities;
		return this;
	}

	/** Where the endpoint stands; {@link Placement#DEFAULTS} unless set. */
	public EndpointBuilder placement(Placement placement) {
		this.placement = placement;
		return this;
	}

	/**
	 * How many calls it takes at a time; {@link ConcurrencySettings#DEFAULTS} unless set.
	 */
	public EndpointBuilder concurrency(ConcurrencySettings concurrency) {
		this.concurrency = concurrency;
		return this;
	}

	/** What tokens cost; unknown unless set. */
	public EndpointBuilder price(@Nullable Price price) {
		this.price = price;
		return this;
	}

	/** What may be spent in a period, which needs a price; any amount unless set. */
	public EndpointBuilder spendLimit(@Nullable SpendLimit spendLimit) {
		this.spendLimit = spendLimit;
		return this;
	}

	/**
	 * Builds the endpoint.
	 * @return the endpoint
	 * @throws IllegalArgumentException if name, provider or model is blank, if the URL is
	 * not one of HTTP or is a link-local address or a metadata service, if a key would be
	 * sent without encryption, or if there is a spend limit without a price
	 * @throws NullPointerException if the URL is missing
	 */
	public Endpoint build() {
		return new Endpoint(this);
	}

}
