// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.function.LongSupplier;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CoolDownSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls HTTP endpoints of one kind of provider: a dialect writes the request, a wire
 * carries it. One instance serves any number of endpoints and threads.
 *
 * <p>
 * Before an answer begins, a request may be sent again: with new credentials after a 401,
 * and, at most twice, with a change that the provider's refusal suggests: without a
 * parameter that it does not take, with fewer tokens of output, in one piece instead of a
 * stream, with other ids of tool calls. The client remembers the change for the endpoint.
 * If the credentials, rights, quota or rate limit of a caller's account fail, that
 * account cools down. Requests with the same key then fail at once, with the same kind,
 * without being sent. Requests of other accounts are sent as before.
 */
public final class HttpEndpointClient implements EndpointClient {

	private final Dialect dialect;

	private final Wire wire;

	private final ChunkCounts chunks = new ChunkCounts();

	private final CredentialsProvider credentials;

	private final AccountCoolDowns coolDowns;

	private final SpareKeys spareKeys;

	private final Corrections corrections;

	private HttpEndpointClient(Builder builder) {
		this.dialect = builder.dialect;
		this.wire = builder.wire;
		this.credentials = builder.credentials;
		this.corrections = new Corrections(builder.nanoClock);
		this.coolDowns = new AccountCoolDowns(builder.coolDown, builder.nanoClock);
		this.spareKeys = new SpareKeys(builder.coolDown, builder.nanoClock);
	}

	/**
	 * Creates a client for endpoints that have their keys in their configuration.
	 * @param dialect the provider's wire format
	 * @param wire carries requests and responses
	 * @return the client
	 */
	public static HttpEndpointClient of(Dialect dialect, Wire wire) {
		return builder(dialect, wire).build();
	}

	/**
	 * Starts a client.
	 * @param dialect the provider's wire format
	 * @param wire carries requests and responses
	 * @return a builder
	 */
	public static Builder builder(Dialect dialect, Wire wire) {
		return new Builder(dialect, wire);
	}

	@Override
	public Flux<EndpointEvent> exchange(EndpointRequest request) {
		Dialect embeddings = isEmbedding(request.chat()) ? this.dialect.embeddings() : null;
		int most = (embeddings != null) ? embeddings.mostTexts(request.endpoint()) : Integer.MAX_VALUE;
		return Flux.defer(() -> (request.chat().messages().size() > most)
				? SplitEmbeddings.exchange(request, most, (piece) -> HttpAttempt.of(this, piece).run())
				: HttpAttempt.of(this, request).run());
	}

	@Override
	public Mono<Long> countTokens(EndpointRequest request) {
		Dialect counting = this.dialect.counting();
		return (counting == null) ? Mono.empty()
				: Flux.defer(() -> HttpAttempt.counting(this, counting, request).run())
					.ofType(EndpointEvent.UsageReported.class)
					.map((reported) -> reported.usage().inputTokens())
					.takeLast(1)
					.singleOrEmpty();
	}

	@Override
	public @Nullable String unsupported(ChatRequest request) {
		return unsupported(this.dialect, request);
	}

	@Override
	public @Nullable String unsupported(ChatRequest request, Endpoint endpoint) {
		if (!isEmbedding(request)) {
			return unsupported(this.dialect.of(endpoint, request), request);
		}
		Dialect embeddings = this.dialect.embeddings();
		return (embeddings != null) ? embeddings.unsupported(request) : "embeddings";
	}

	private static @Nullable String unsupported(Dialect dialect, ChatRequest request) {
		boolean unknown = request.readsPromptOnly() && !dialect.readsPromptsOnly();
		return unknown ? "an answer of no tokens" : dialect.unsupported(request);
	}

	static boolean isEmbedding(ChatRequest request) {
		return request.responseFormat().type() == ResponseFormat.Type.VECTORS;
	}

	/** How many events of streams were read in which way. */
	public ChunkCounts chunks() {
		return this.chunks;
	}

	Dialect dialect() {
		return this.dialect;
	}

	Wire wire() {
		return this.wire;
	}

	CredentialsProvider credentials() {
		return this.credentials;
	}

	AccountCoolDowns coolDowns() {
		return this.coolDowns;
	}

	SpareKeys spareKeys() {
		return this.spareKeys;
	}

	Corrections corrections() {
		return this.corrections;
	}

	/**
	 * Collects the settings of an {@link HttpEndpointClient}.
	 */
	public static final class Builder {

		private final Dialect dialect;

		private final Wire wire;

		private CredentialsProvider credentials = CredentialsProvider.configured();

		private CoolDownSettings coolDown = CoolDownSettings.DEFAULTS;

		private LongSupplier nanoClock = System::nanoTime;

		private Builder(Dialect dialect, Wire wire) {
			this.dialect = dialect;
			this.wire = wire;
		}

		/**
		 * Where credentials come from. If this is not set, or has none, they come from
		 * the endpoints' configuration.
		 */
		public Builder credentials(CredentialsProvider credentials) {
			this.credentials = new FallbackCredentials(credentials, CredentialsProvider.configured());
			return this;
		}

		/**
		 * How long an account that is not the endpoint's own, or a key of an endpoint
		 * that has several, cools down after a failure; {@link CoolDownSettings#DEFAULTS}
		 * unless set.
		 */
		public Builder coolDown(CoolDownSettings coolDown) {
			this.coolDown = coolDown;
			return this;
		}

		/**
		 * Monotonic time in nanoseconds from any origin; {@link System#nanoTime()} unless
		 * set.
		 */
		public Builder clock(LongSupplier nanoClock) {
			this.nanoClock = nanoClock;
			return this;
		}

		/** Builds the client. */
		public HttpEndpointClient build() {
			return new HttpEndpointClient(this);
		}

	}

}
