// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties of the applications: endpoints that fail quickly and come back quickly,
 * and chains for each form of call.
 */
final class SoakProperties {

	/** The default chain: it has a healthy endpoint at its end. */
	static final String STRONG = "strong";

	/** The same with hedging. */
	static final String RACED = "raced";

	/** Endpoints take turns. */
	static final String SHARED = "shared";

	/** Calls wait for places. */
	static final String WAITING = "waiting";

	/** No endpoint is healthy. */
	static final String DOOMED = "doomed";

	/** Its endpoint can take no request at all. */
	static final String TINY = "tiny";

	/** The client that may do anything. */
	static final String KEY = "key-of-the-gateway-client";

	/** The client that may have few calls at a time. */
	static final String LIMITED_KEY = "key-of-the-limited-client";

	static final int LIMITED_CALLS = 4;

	static final int NARROW_PLACES = 4;

	static final int WIDE_PLACES = 6;

	static final Duration SYNC = Duration.ofSeconds(1);

	/** Far more than a machine that is busy takes. */
	static final Duration PATIENCE = Duration.ofMinutes(10);

	/** Far more than the pauses of slow consumers. */
	static final Duration CONSUMER_STALL = Duration.ofSeconds(15);

	private static final String LIMIT = "400ms";

	private final List<String> properties = new ArrayList<>();

	private int endpoints;

	private SoakProperties() {
	}

	/**
	 * The properties of one application.
	 * @param own what they differ in, without the common prefix
	 */
	static List<String> of(Providers providers, int redisPort, String... own) {
		SoakProperties written = new SoakProperties();
		written.fallback(own);
		written.surroundings(redisPort);
		written.endpoints(providers);
		written.chains();
		written.gateway();
		return written.properties;
	}

	private void surroundings(int redisPort) {
		add("spring.main.banner-mode=off", "spring.application.name=soak", "server.port=0", "server.address=127.0.0.1",
				"server.shutdown=immediate", "logging.level.root=warn",
				"management.endpoints.web.exposure.include=health,fallbackai,metrics",
				"spring.data.redis.port=" + redisPort, "spring.data.redis.host=127.0.0.1");
		fallback("state-store.sync-interval=" + SYNC, "state-store.command-timeout=250ms",
				"limits.consumer-stall=" + CONSUMER_STALL, "limits.response=1MB", "limits.event=64KB",
				"limits.error-body=16KB", "transport.idle-timeout=500ms", "transport.pending-acquire-timeout=1m",
				"cool-down.rate-limited=50ms", "cool-down.quota=200ms", "cool-down.authentication=200ms",
				"cool-down.permission=200ms", "cool-down.model-unavailable=200ms", "cool-down.max=500ms",
				"deadline=" + PATIENCE, "max-attempts=30", "default-chain=" + STRONG);
	}

	private void endpoints(Providers providers) {
		Map<String, String> formats = Map.of("claude", "anthropic", "gemini", "gemini");
		Map<String, List<String>> own = new TreeMap<>();
		own.put(Providers.SICK, List.of("max-concurrent-calls=8", "retry.max-attempts=2", "retry.backoff=5ms",
				"spend-limit.amount=0.5", "spend-limit.period=10s"));
		own.put("frail", List.of("capabilities=tools,prefill", "unary-as-stream=false"));
		own.put("claude", List.of("adaptive-concurrency=true", "circuit-breaker.half-open-calls=2"));
		own.put("gemini", List.of("retry.max-attempts=2", "retry.backoff=5ms", "spend-limit.amount=1000"));
		own.put(Providers.NARROW, List.of("max-concurrent-calls=" + NARROW_PLACES));
		own.put(Providers.WIDE, List.of("max-concurrent-calls=" + WIDE_PLACES));
		own.put(Providers.HEALTHY, List.of("spend-limit.amount=1000000"));
		for (String name : own.keySet()) {
			boolean patient = List.of(Providers.NARROW, Providers.WIDE, Providers.HEALTHY).contains(name);
			String limit = patient ? PATIENCE.toString() : LIMIT;
			List<String> all = new ArrayList<>(own.get(name));
			all.addAll(List.of("provider=" + formats.getOrDefault(name, "openai"), "url=" + providers.get(name).url(),
					"api-key=key-of-" + name, "timeout.first-content=" + limit, "timeout.idle=" + limit,
					"timeout.connect=" + PATIENCE, "price.input=10", "price.output=10"));
			endpoint(name, all);
			chain("only-" + name, name);
		}
		endpoint(TINY, List.of("url=" + providers.get(Providers.HEALTHY).url(), "context-window=1"));
		fallback("defaults.circuit-breaker.recovery-timeout=200ms",
				"defaults.circuit-breaker.max-recovery-timeout=400ms", "defaults.circuit-breaker.probe.patience=100ms",
				"defaults.timeout.total=" + PATIENCE.multipliedBy(2));
	}

	private void endpoint(String name, List<String> own) {
		String prefix = "endpoints[" + this.endpoints + "].";
		fallback(prefix + "name=" + name, prefix + "model=model-of-" + name);
		own.forEach((property) -> fallback(prefix + property));
		this.endpoints++;
	}

	private void chains() {
		String frail = String.join(",", Providers.FRAIL);
		chain(STRONG, Providers.SICK + ',' + frail + ',' + Providers.HEALTHY);
		chain(RACED, Providers.SICK + ',' + frail + ',' + Providers.HEALTHY, "hedge.delay=30ms", "hedge.max-ratio=1");
		chain(SHARED, frail + ',' + Providers.HEALTHY, "strategy=latency");
		chain(WAITING, Providers.NARROW + ',' + Providers.WIDE, "wait-when-unavailable=true");
		chain(DOOMED, Providers.SICK + ',' + frail, "switch-delay=1ms");
		chain(TINY, TINY);
	}

	private void chain(String name, String endpoints, String... own) {
		String prefix = "chains." + name + '.';
		fallback(prefix + "endpoints=" + endpoints);
		for (String property : own) {
			fallback(prefix + property);
		}
	}

	private void gateway() {
		fallback("gateway.enabled=true", "gateway.clients.any.api-key=" + KEY,
				"gateway.clients.any.max-cost-per-day=1000000000", "gateway.clients.limited.api-key=" + LIMITED_KEY,
				"gateway.clients.limited.max-concurrent-calls=" + LIMITED_CALLS, "gateway.heartbeat=50ms",
				"gateway.request-pause=2m", "gateway.max-request-size=64MB");
	}

	private void fallback(String... lines) {
		for (String line : lines) {
			add("fallback.ai." + line);
		}
	}

	private void add(String... lines) {
		this.properties.addAll(List.of(lines));
	}

}
