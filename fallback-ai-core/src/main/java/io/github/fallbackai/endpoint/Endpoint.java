// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One model at one address, with all fixed properties of this place where a request can
 * go. Immutable and safe to share. {@code toString()} shows name, provider and model
 * only.
 */
public final class Endpoint {

	private final EndpointId id;

	private final String provider;

	private final URI url;

	private final String model;

	private final String modelGroup;

	private final @Nullable ApiKey apiKey;

	private final @Nullable Path apiKeyFile;

	private final List<ApiKey> spareApiKeys;

	private final @Nullable AuthScheme auth;

	private final boolean allowInsecure;

	private final Map<String, String> headers;

	private final Map<String, String> options;

	private final Parameters parameters;

	private final boolean unaryAsStream;

	private final AttemptLimits limits;

	private final BreakerSettings breaker;

	private final @Nullable Integer contextWindow;

	private final Set<Capability> capabilities;

	private final Placement placement;

	private final ConcurrencySettings concurrency;

	private final @Nullable Price price;

	private final @Nullable SpendLimit spendLimit;

	Endpoint(EndpointBuilder builder) {
		this.provider = require("provider", builder.provider);
		this.url = Objects.requireNonNull(builder.url, "url");
		this.model = require("model", builder.model);
		this.id = EndpointId.of(require("name", builder.name), this.provider, this.url, this.model);
		this.modelGroup = (builder.modelGroup != null) ? builder.modelGroup : this.model;
		this.apiKey = builder.apiKey;
		this.apiKeyFile = builder.apiKeyFile;
		this.spareApiKeys = List.copyOf(builder.spareApiKeys);
		this.auth = builder.auth;
		this.allowInsecure = builder.allowInsecure;
		this.headers = Map.copyOf(builder.headers);
		this.options = Map.copyOf(builder.options);
		this.parameters = builder.parameters;
		this.unaryAsStream = builder.unaryAsStream;
		this.limits = builder.limits;
		this.breaker = builder.breaker;
		this.contextWindow = (builder.contextWindow != null) ? Bounds.positive("context-window", builder.contextWindow)
				: null;
		this.capabilities = Set.copyOf(builder.capabilities);
		this.placement = builder.placement;
		this.concurrency = builder.concurrency;
		this.price = builder.price;
		this.spendLimit = builder.spendLimit;
		checkUrl();
		if (this.spendLimit != null && this.price == null) {
			throw new InvalidValueException("spend-limit.amount", "needs a price, and the endpoint has none");
		}
		if (!this.spareApiKeys.isEmpty() && this.apiKey == null && this.apiKeyFile == null) {
			throw new InvalidValueException("spare-api-keys", "needs an api-key that is used first");
		}
	}

	/**
	 * Checked here, so that it holds for every way to make an endpoint: no key goes to a
	 * wrong address.
	 */
	private void checkUrl() {
		EndpointUrl address = new EndpointUrl(this.url);
		if (address.forbidden()) {
			throw new InvalidValueException("url", "a link-local address or a metadata service, where no provider is");
		}
		boolean sendsKey = (this.apiKey != null || this.apiKeyFile != null) && this.auth != AuthScheme.NONE;
		if (sendsKey && !address.mayCarryKey(this.allowInsecure)) {
			throw new InvalidValueException("url", "would send the API key over plain HTTP to another machine"
					+ " (expected: https, or allow-insecure where the network is trusted)");
		}
	}

	private static String require(String property, @Nullable String value) {
		return Bounds.notBlank(property, (value != null) ? value : "");
	}

	/**
	 * Starts an endpoint with default limits and breaker settings.
	 * @param name the unique name
	 * @return a builder
	 */
	public static EndpointBuilder named(String name) {
		return new EndpointBuilder(name);
	}

	/** Starts an endpoint with everything that this one has. */
	public EndpointBuilder toBuilder() {
		return new EndpointBuilder(this);
	}

	/** The identity under which state is kept. */
	public EndpointId id() {
		return this.id;
	}

	/** The unique name. */
	public String name() {
		return this.id.name();
	}

	/** The kind of provider, which selects the dialect. */
	public String provider() {
		return this.provider;
	}

	/** The base URL or the whole URL of the chat operation. */
	public URI url() {
		return this.url;
	}

	/** The model to ask for. */
	public String model() {
		return this.model;
	}

	/** Endpoints of one group serve "the same model". */
	public String modelGroup() {
		return this.modelGroup;
	}

	/** The key, or {@code null} for an endpoint without authentication. */
	public @Nullable ApiKey apiKey() {
		return this.apiKey;
	}

	/**
	 * The file that holds the key, read again whenever it changes, or {@code null} if the
	 * key, if any, is fixed.
	 */
	public @Nullable Path apiKeyFile() {
		return this.apiKeyFile;
	}

	/**
	 * Keys that are used while the provider refuses or limits the key and the spare keys
	 * before; empty unless set.
	 */
	public List<ApiKey> spareApiKeys() {
		return this.spareApiKeys;
	}

	/**
	 * The same endpoint with another key, for one attempt.
	 * @param apiKey the key, in place of a fixed one or one in a file
	 * @return an endpoint of the same identity
	 * @throws IllegalArgumentException if a key must not be sent to its URL
	 */
	public Endpoint withApiKey(ApiKey apiKey) {
		return Objects.equals(apiKey, this.apiKey) ? this : toBuilder().apiKey(apiKey).apiKeyFile(null).build();
	}

	/** How the key is sent, or {@code null} for the provider's own way. */
	public @Nullable AuthScheme auth() {
		return this.auth;
	}

	/** Whether a key may be sent over plain HTTP to another machine. */
	public boolean allowInsecure() {
		return this.allowInsecure;
	}

	/** Headers added to every request. */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Options that only this kind of provider knows, by name, for example
	 * {@code deployment} and {@code api-version}.
	 */
	public Map<String, String> options() {
		return this.options;
	}

	/** What is added to, forced into and removed from the body of every request. */
	public Parameters parameters() {
		return this.parameters;
	}

	/**
	 * Whether a unary call is streamed inside, so that a dead endpoint is noticed at its
	 * first token.
	 */
	public boolean unaryAsStream() {
		return this.unaryAsStream;
	}

	/** How long an attempt may take. */
	public AttemptLimits limits() {
		return this.limits;
	}

	/** When the circuit breaker opens. */
	public BreakerSettings breaker() {
		return this.breaker;
	}

	/** The model's context window in tokens, or {@code null} if unknown. */
	public @Nullable Integer contextWindow() {
		return this.contextWindow;
	}

	/** What the model can do. */
	public Set<Capability> capabilities() {
		return this.capabilities;
	}

	/** Its place among the endpoints of a chain. */
	public Placement placement() {
		return this.placement;
	}

	/** How many calls it takes at a time. */
	public ConcurrencySettings concurrency() {
		return this.concurrency;
	}

	/** What tokens cost, or {@code null} if unknown. */
	public @Nullable Price price() {
		return this.price;
	}

	/** What may be spent in a period, or {@code null} for any amount. */
	public @Nullable SpendLimit spendLimit() {
		return this.spendLimit;
	}

	@Override
	public String toString() {
		return "Endpoint[" + name() + ", " + this.provider + ", " + this.model + "]";
	}

}
