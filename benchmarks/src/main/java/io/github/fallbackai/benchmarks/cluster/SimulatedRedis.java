// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.ProbeLease;
import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Does the same as the scripts in Redis, in virtual time, and counts. Commands take no
 * time, messages one millisecond. For one thread.
 */
final class SimulatedRedis implements ClusterStateStore {

	private static final long MESSAGE_MILLIS = 1;

	private final Scheduler time;

	private final InMemoryStateStore states;

	private final Map<EndpointId, OperatorDecision> decisions = new HashMap<>();

	private final Map<EndpointId, Lease> leases = new HashMap<>();

	private final Map<EndpointId, Map<String, Long>> votes = new HashMap<>();

	private final List<FluxSink<EndpointState>> followers = new CopyOnWriteArrayList<>();

	private final Map<String, Long> commands = new TreeMap<>();

	private final Map<Long, Long> commandsPerSecond = new HashMap<>();

	private long messages;

	SimulatedRedis(Scheduler time) {
		this.time = time;
		this.states = new InMemoryStateStore(this::now);
	}

	private long now() {
		return this.time.now(TimeUnit.NANOSECONDS);
	}

	/** Number of commands so far, by name. */
	Map<String, Long> commands() {
		return this.commands;
	}

	long allCommands() {
		return this.commands.values().stream().mapToLong(Long::longValue).sum();
	}

	/** Forgets which second had the most commands so far. */
	void forgetPeak() {
		this.commandsPerSecond.clear();
	}

	/** The most commands within one second. */
	long peak() {
		return this.commandsPerSecond.values().stream().mapToLong(Long::longValue).max().orElse(0);
	}

	/** Number of messages that reached an instance. */
	long messages() {
		return this.messages;
	}

	private void count(String command) {
		this.commands.merge(command, 1L, Long::sum);
		this.commandsPerSecond.merge(this.time.now(TimeUnit.SECONDS), 1L, Long::sum);
	}

	@Override
	public Mono<EndpointState> load(EndpointId endpoint) {
		return Mono.defer(() -> {
			count("load");
			return this.states.load(endpoint);
		});
	}

	@Override
	public Mono<EndpointState> publish(EndpointState state) {
		return Mono.defer(() -> {
			count("offer");
			Version before = this.states.load(state.endpoint()).map(EndpointState::version).block();
			if (before == null || state.version().compareTo(before) > 0) {
				this.time.schedule(() -> tell(state), MESSAGE_MILLIS, TimeUnit.MILLISECONDS);
			}
			return this.states.publish(state);
		});
	}

	private void tell(EndpointState state) {
		this.messages += this.followers.size();
		this.followers.forEach((follower) -> follower.next(state));
	}

	@Override
	public Flux<EndpointState> changes() {
		return Flux.create((follower) -> {
			this.followers.add(follower);
			follower.onDispose(() -> this.followers.remove(follower));
		});
	}

	@Override
	public Mono<OperatorDecision> loadDecision(EndpointId endpoint) {
		return Mono.fromSupplier(() -> {
			count("load decision");
			return this.decisions.get(endpoint);
		});
	}

	@Override
	public Mono<OperatorDecision> publish(OperatorDecision decision) {
		return Mono.fromSupplier(() -> {
			count("offer decision");
			return this.decisions.merge(decision.endpoint(), decision,
					(held, offered) -> (offered.version().compareTo(held.version()) > 0) ? offered : held);
		});
	}

	@Override
	public Flux<OperatorDecision> decisions() {
		return Flux.never();
	}

	@Override
	public Mono<ProbeLease> lease(EndpointId endpoint, Version opening, String holder, Duration length) {
		return Mono.fromSupplier(() -> {
			count("lease");
			EndpointState state = this.states.load(endpoint).block();
			if (state != null && !state.version().equals(opening)) {
				return new ProbeLease(false, Duration.ZERO, false);
			}
			long now = now();
			Lease lease = this.leases.get(endpoint);
			if (lease == null || lease.free(opening, holder, now)) {
				this.leases.put(endpoint, new Lease(opening, holder, now + length.toNanos(), false));
				return new ProbeLease(true, length, lease != null && lease.contested());
			}
			this.leases.put(endpoint, new Lease(opening, lease.holder(), lease.until(), true));
			return new ProbeLease(false, Duration.ofNanos(lease.until() - now), true);
		});
	}

	@Override
	public Mono<Void> ping() {
		return Mono.fromRunnable(() -> count("ping"));
	}

	@Override
	public Mono<Integer> vote(EndpointId endpoint, String voter, Duration validity) {
		return Mono.fromSupplier(() -> {
			count("vote");
			Map<String, Long> voters = this.votes.computeIfAbsent(endpoint, (key) -> new HashMap<>());
			voters.put(voter, now() + validity.toNanos());
			voters.values().removeIf((until) -> until <= now());
			return voters.size();
		});
	}

	@Override
	public Mono<Void> withdraw(EndpointId endpoint, String voter) {
		return Mono.fromRunnable(() -> {
			count("withdraw");
			this.votes.getOrDefault(endpoint, Map.of()).remove(voter);
		});
	}

	/**
	 * Which instance may probe.
	 */
	private record Lease(Version opening, String holder, long until, boolean contested) {

		boolean free(Version opening, @Nullable String holder, long now) {
			return !this.opening.equals(opening) || this.holder.equals(holder) || this.until <= now;
		}

	}

}
