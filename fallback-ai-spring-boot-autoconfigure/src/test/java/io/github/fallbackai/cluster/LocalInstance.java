// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.net.URI;
import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.state.redis.RedisStateSettings;
import io.github.fallbackai.state.redis.RedisStateStore;
import io.github.fallbackai.test.ProviderSimulator;
import reactor.core.publisher.Flux;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * An instance in the process of the test: a template whose endpoints are guarded by what
 * is in Redis.
 */
final class LocalInstance implements AutoCloseable {

	static final Duration SYNC = Duration.ofSeconds(1);

	static final String KEY = "sk-the-key-of-primary";

	/** No command fails on a machine that only takes its time. */
	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(30);

	/** Nothing that opens in a test is over before its end. */
	private static final Duration LONG = Duration.ofHours(1);

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** Far beyond what many calls at a time take on a slow machine. */
	private static final AttemptLimits LIMITS = new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true);

	final RedisStateStore store;

	final EndpointGates gates;

	final AiFallbackTemplate template;

	final Endpoint primary;

	LocalInstance(ReactiveRedisConnectionFactory connections, RedisStateSettings redis, ClusterSettings cluster,
			ProviderSimulator primary, ProviderSimulator backup) {
		this(connections, redis, cluster, primary, backup, LONG);
	}

	LocalInstance(ReactiveRedisConnectionFactory connections, RedisStateSettings redis, ClusterSettings cluster,
			ProviderSimulator primary, ProviderSimulator backup, Duration recoveryTimeout) {
		BreakerSettings defaults = BreakerSettings.DEFAULTS;
		this.primary = Endpoint.named("primary")
			.url(URI.create(primary.url()))
			.model("model")
			.apiKey(ApiKey.of(KEY))
			.limits(LIMITS)
			.breaker(new BreakerSettings(defaults.failureThreshold(), defaults.failureRate(), defaults.window(),
					recoveryTimeout, LONG, 1))
			.build();
		Endpoint second = Endpoint.named("backup").url(URI.create(backup.url())).model("model").limits(LIMITS).build();
		this.store = new RedisStateStore(connections, redis);
		this.gates = EndpointGates.builder()
			.endpoints(this.primary, second)
			.stateStore(this.store)
			.cluster(cluster)
			.build();
		this.template = AiFallbackTemplate.builder()
			.endpoint(this.primary)
			.endpoint(second)
			.gates(this.gates)
			.settings(CallSettings.builder().deadline(PATIENCE).build())
			.build();
		this.gates.restored().block(PATIENCE);
	}

	/** A place in a Redis that works. */
	static RedisStateSettings redis(String prefix) {
		return new RedisStateSettings(prefix, COMMAND_TIMEOUT);
	}

	static ClusterSettings cluster(String id) {
		return new ClusterSettings(id, 1, SYNC);
	}

	/**
	 * Makes calls at the same time.
	 * @return number of answers; an error of any call is thrown
	 */
	long call(int times) {
		return Flux.range(0, times)
			.flatMap((number) -> this.template.chat("Question " + number), times)
			.map(ChatResponse::text)
			.count()
			.block(PATIENCE);
	}

	/** State of the first endpoint's breaker. */
	String breaker() {
		return this.gates.gate(this.primary).circuitBreaker();
	}

	@Override
	public void close() {
		this.template.close();
		this.gates.close();
		this.store.close();
	}

}
