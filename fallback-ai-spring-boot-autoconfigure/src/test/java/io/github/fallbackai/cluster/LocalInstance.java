package io.github.fallbackai.cluster;

import java.net.URI;
import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.breaker.ClusterSettings;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
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

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Far beyond what many calls at a time take on a slow machine. */
	private static final AttemptLimits LIMITS = new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true);

	final RedisStateStore store;

	final EndpointGates gates;

	final AiFallbackTemplate template;

	final Endpoint primary;

	LocalInstance(ReactiveRedisConnectionFactory connections, String prefix, ClusterSettings cluster,
			ProviderSimulator primary, ProviderSimulator backup) {
		this(connections, prefix, cluster, primary, backup, Duration.ofMinutes(1));
	}

	LocalInstance(ReactiveRedisConnectionFactory connections, String prefix, ClusterSettings cluster,
			ProviderSimulator primary, ProviderSimulator backup, Duration recoveryTimeout) {
		BreakerSettings defaults = BreakerSettings.DEFAULTS;
		this.primary = Endpoint.named("primary")
			.url(URI.create(primary.url()))
			.model("model")
			.apiKey(ApiKey.of(KEY))
			.limits(LIMITS)
			.breaker(new BreakerSettings(defaults.failureThreshold(), defaults.failureRate(), defaults.window(),
					recoveryTimeout, Duration.ofMinutes(5), 1))
			.build();
		Endpoint second = Endpoint.named("backup").url(URI.create(backup.url())).model("model").limits(LIMITS).build();
		this.store = new RedisStateStore(connections, new RedisStateSettings(prefix, Duration.ofMillis(500)));
		this.gates = EndpointGates.builder()
			.endpoints(this.primary, second)
			.stateStore(this.store)
			.cluster(cluster)
			.build();
		this.template = AiFallbackTemplate.builder().endpoint(this.primary).endpoint(second).gates(this.gates).build();
		this.gates.restored().block(PATIENCE);
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
