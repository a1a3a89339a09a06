// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.HeldPlaces;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.ProbeLease;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.SpendStore;
import io.github.fallbackai.state.Version;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/**
 * Keeps states in Redis, for all instances of an application. Needs commands of Redis 6.2
 * or Valkey; works with a single server, Sentinel and Cluster, as the connection factory
 * is configured. Safe for use by several threads; no method blocks.
 * <p>
 * Values of another type or form under our keys count as absent. The next offered value
 * replaces them.
 */
public final class RedisStateStore implements ClusterStateStore, SpendStore, AutoCloseable {

	/** A state vanishes after this time unless an instance that is alive refreshes it. */
	private static final Duration RETENTION = Duration.ofDays(1);

	private static final Duration PING_RETENTION = Duration.ofMinutes(1);

	private static final String FORMAT = Integer.toString(StoredValue.FORMAT);

	private static final int THREADS = 2;

	private static final int MOST_QUEUED = 10_000;

	private static final int IDLE_SECONDS = 60;

	private final RedisKeys keys;

	private final Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, MOST_QUEUED, "fallback-ai-redis",
			IDLE_SECONDS, true);

	/**
	 * A scheduler of its own, because waiting for a connection to listen on must not
	 * delay commands.
	 */
	private final Scheduler listening = Schedulers.newBoundedElastic(1, MOST_QUEUED, "fallback-ai-redis-channel",
			IDLE_SECONDS, true);

	private final RedisScripts scripts;

	private final RedisChannel channel;

	/**
	 * A store in Redis. Connects when it is first used.
	 * @param connections how to connect
	 * @param settings where in Redis
	 */
	public RedisStateStore(ReactiveRedisConnectionFactory connections, RedisStateSettings settings) {
		this.keys = new RedisKeys(settings.keyPrefix());
		this.scripts = new RedisScripts(connections, settings.commandTimeout(), this.scheduler);
		this.channel = new RedisChannel(connections, this.keys.channel(), this.listening);
	}

	@Override
	public Mono<EndpointState> load(EndpointId endpoint) {
		return this.scripts.run(RedisScripts.LOAD, this.keys.state(endpoint), List.of())
			.mapNotNull((answer) -> StoredValue.parse(answer, StateFormat.TIMERS))
			.mapNotNull((value) -> StateFormat.read(endpoint, value));
	}

	@Override
	public Mono<EndpointState> publish(EndpointState state) {
		return Mono.defer(() -> {
			Duration longest = max(state.breaker().remaining(),
					(state.coolDown() != null) ? state.coolDown().remaining() : Duration.ZERO);
			return offer(this.keys.state(state.endpoint()), StateFormat.write(state), RETENTION.plus(longest),
					RedisChannel.STATE, state.endpoint())
				.mapNotNull((value) -> StateFormat.read(state.endpoint(), value));
		});
	}

	@Override
	public Flux<EndpointState> changes() {
		return this.channel.messages(RedisChannel.STATE, StateFormat.TIMERS, StateFormat::read);
	}

	@Override
	public Mono<OperatorDecision> loadDecision(EndpointId endpoint) {
		return this.scripts.run(RedisScripts.LOAD, this.keys.decision(endpoint), List.of())
			.mapNotNull((answer) -> StoredValue.parse(answer, DecisionFormat.TIMERS))
			.mapNotNull((value) -> DecisionFormat.read(endpoint, value));
	}

	@Override
	public Mono<OperatorDecision> publish(OperatorDecision decision) {
		return Mono
			.defer(() -> offer(this.keys.decision(decision.endpoint()), DecisionFormat.write(decision), Duration.ZERO,
					RedisChannel.DECISION, decision.endpoint()))
			.mapNotNull((value) -> DecisionFormat.read(decision.endpoint(), value));
	}

	@Override
	public Flux<OperatorDecision> decisions() {
		return this.channel.messages(RedisChannel.DECISION, DecisionFormat.TIMERS, DecisionFormat::read);
	}

	@Override
	public Flux<Long> renewals() {
		return this.channel.renewals();
	}

	private Mono<StoredValue> offer(List<String> keys, StoredValue value, Duration retention, String kind,
			EndpointId endpoint) {
		List<String> arguments = new ArrayList<>(List.of(StoredValue.digits(value.version()), value.text(),
				millis(retention), this.keys.channel(), RedisChannel.header(kind, endpoint), FORMAT));
		arguments.addAll(value.timerMillis());
		return this.scripts.run(RedisScripts.OFFER, keys, arguments)
			.mapNotNull((answer) -> StoredValue.parse(answer, value.timers().size()));
	}

	@Override
	public Mono<ProbeLease> lease(EndpointId endpoint, Version opening, String holder, Duration length) {
		return this.scripts
			.run(RedisScripts.LEASE, this.keys.lease(endpoint),
					List.of(StoredValue.digits(opening), holder, millis(length), FORMAT))
			.map((answer) -> {
				String[] parts = answer.split(" ", 3);
				return new ProbeLease(parts[0].equals("1"), Duration.ofMillis(Long.parseLong(parts[1])),
						parts[2].equals("1"));
			});
	}

	@Override
	public Mono<Integer> vote(EndpointId endpoint, String voter, Duration validity) {
		return this.scripts.run(RedisScripts.VOTE, this.keys.votes(endpoint), List.of(voter, millis(validity)))
			.map(Integer::valueOf);
	}

	@Override
	public Mono<Void> withdraw(EndpointId endpoint, String voter) {
		return this.scripts.run(RedisScripts.WITHDRAW, this.keys.votes(endpoint), List.of(voter)).then();
	}

	@Override
	public Mono<Long> report(SpendReport report) {
		return this.scripts
			.run(RedisScripts.SPEND, this.keys.spend(report.endpoint(), report.period()),
					List.of(report.contributor(), SpendFormat.write(report.amount()), millis(report.retention())))
			.map(SpendFormat::total);
	}

	@Override
	public Mono<Long> hold(HeldPlaces held) {
		return this.scripts
			.run(RedisScripts.HOLD, this.keys.places(held.subject()),
					List.of(held.contributor(), Integer.toString(held.places()), millis(held.lasting())))
			.map(Long::valueOf);
	}

	@Override
	public Mono<Void> ping() {
		return this.scripts
			.run(RedisScripts.PING, this.keys.ping(), List.of(millis(PING_RETENTION), this.keys.pingChannel()))
			.then();
	}

	@Override
	public String type() {
		return "redis";
	}

	@Override
	public boolean reachable() {
		return this.scripts.answered();
	}

	/**
	 * Ends the subscription and gives its connection back, before the connection factory
	 * is stopped.
	 */
	public void unsubscribe() {
		this.channel.close();
	}

	/** Ends the subscription and the threads; the connection factory stays as it is. */
	@Override
	public void close() {
		this.channel.close();
		this.listening.dispose();
		this.scheduler.dispose();
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

}
