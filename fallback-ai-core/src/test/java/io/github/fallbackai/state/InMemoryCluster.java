// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.fallbackai.endpoint.EndpointId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A store for several instances in one process, which can be down, mute and emptied. Like
 * Redis it runs one command at a time.
 */
public final class InMemoryCluster implements ClusterStateStore {

	private final LongSupplier clock;

	private final Sinks.Many<EndpointState> changes = Sinks.many().multicast().directBestEffort();

	private final Sinks.Many<OperatorDecision> decisions = Sinks.many().multicast().directBestEffort();

	private final Sinks.Many<Long> renewals = Sinks.many().multicast().directBestEffort();

	private final Map<EndpointId, OperatorDecision> decided = new ConcurrentHashMap<>();

	private final Map<Version, Long> disabledUntil = new ConcurrentHashMap<>();

	private final Map<EndpointId, Lease> leases = new ConcurrentHashMap<>();

	private final Map<EndpointId, Map<String, Long>> votes = new ConcurrentHashMap<>();

	private volatile InMemoryStateStore states;

	private volatile boolean down;

	private volatile boolean silent;

	private volatile boolean mute;

	private volatile @Nullable Mono<ProbeLease> leaseAnswer;

	private volatile Mono<Void> voteArrival = Mono.empty();

	public InMemoryCluster(LongSupplier nanoClock) {
		this.clock = nanoClock;
		this.states = new InMemoryStateStore(nanoClock);
	}

	/** From now on every command fails, or works again. */
	public void down(boolean down) {
		this.down = down;
	}

	/** From now on no command is answered, or again. */
	public void silent(boolean silent) {
		this.silent = silent;
	}

	/** From now on messages are lost, or delivered again. */
	public void mute(boolean mute) {
		this.mute = mute;
	}

	/** From now on each instance that asks for a lease gets this answer. */
	public void leaseAnswer(Mono<ProbeLease> answer) {
		this.leaseAnswer = answer;
	}

	/** From now on a vote arrives when this completes. */
	public void voteArrival(Mono<Void> arrival) {
		this.voteArrival = arrival;
	}

	/** Every follower's subscription is made anew. */
	public void renew() {
		this.renewals.emitNext(1L, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
	}

	@Override
	public Flux<Long> renewals() {
		return this.renewals.asFlux();
	}

	/** Forgets everything without a word. */
	public void empty() {
		this.states = new InMemoryStateStore(this.clock);
		this.decided.clear();
		this.leases.clear();
		this.votes.clear();
	}

	@Override
	public Mono<EndpointState> load(EndpointId endpoint) {
		return command(() -> this.states.load(endpoint).block());
	}

	@Override
	public Mono<EndpointState> publish(EndpointState state) {
		return command(() -> {
			Version before = this.states.load(state.endpoint()).map(EndpointState::version).block();
			EndpointState held = this.states.publish(state).block();
			if (later(state.version(), before) && !this.mute) {
				this.changes.emitNext(state, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
			}
			return held;
		});
	}

	@Override
	public Flux<EndpointState> changes() {
		return this.changes.asFlux();
	}

	@Override
	public Mono<OperatorDecision> loadDecision(EndpointId endpoint) {
		return command(() -> now(this.decided.get(endpoint)));
	}

	private @Nullable OperatorDecision now(@Nullable OperatorDecision decision) {
		if (decision == null) {
			return null;
		}
		OperatorDecision.Disabling disabling = decision.disabling();
		Long until = this.disabledUntil.get(decision.version());
		if (disabling == null || until == null) {
			return decision;
		}
		long left = until - this.clock.getAsLong();
		return new OperatorDecision(decision.endpoint(), decision.version(),
				(left > 0) ? new OperatorDecision.Disabling(Duration.ofNanos(left), disabling.reason()) : null,
				decision.preference(), decision.resets(), decision.origin());
	}

	@Override
	public Mono<OperatorDecision> publish(OperatorDecision decision) {
		return command(() -> {
			OperatorDecision before = this.decided.get(decision.endpoint());
			if (later(decision.version(), (before != null) ? before.version() : null)) {
				this.decided.put(decision.endpoint(), decision);
				OperatorDecision.Disabling disabling = decision.disabling();
				if (disabling != null && disabling.remaining() != null) {
					this.disabledUntil.put(decision.version(),
							this.clock.getAsLong() + disabling.remaining().toNanos());
				}
				if (!this.mute) {
					this.decisions.emitNext(decision, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
				}
			}
			return this.decided.get(decision.endpoint());
		});
	}

	@Override
	public Flux<OperatorDecision> decisions() {
		return this.decisions.asFlux();
	}

	@Override
	public Mono<ProbeLease> lease(EndpointId endpoint, Version opening, String holder, Duration length) {
		Mono<ProbeLease> scripted = this.leaseAnswer;
		return (scripted != null) ? scripted : command(() -> {
			EndpointState state = this.states.load(endpoint).block();
			if (state != null && !(state.version().equals(opening) && state.breaker().open())) {
				return new ProbeLease(false, Duration.ZERO, false);
			}
			long now = this.clock.getAsLong();
			Lease lease = this.leases.get(endpoint);
			if (lease == null || !lease.opening().equals(opening) || lease.holder().equals(holder)
					|| lease.until() - now <= 0) {
				boolean contested = lease != null && lease.contested();
				this.leases.put(endpoint, new Lease(opening, holder, now + length.toNanos(), false));
				return new ProbeLease(true, length, contested);
			}
			this.leases.put(endpoint, new Lease(opening, lease.holder(), lease.until(), true));
			return new ProbeLease(false, Duration.ofNanos(lease.until() - now), true);
		});
	}

	@Override
	public Mono<Void> ping() {
		return this.<Void>command(() -> null);
	}

	@Override
	public Mono<Integer> vote(EndpointId endpoint, String voter, Duration validity) {
		return this.voteArrival.then(command(() -> {
			long now = this.clock.getAsLong();
			Map<String, Long> voters = this.votes.computeIfAbsent(endpoint, (key) -> new ConcurrentHashMap<>());
			voters.put(voter, now + validity.toNanos());
			voters.values().removeIf((until) -> until - now <= 0);
			return voters.size();
		}));
	}

	@Override
	public Mono<Void> withdraw(EndpointId endpoint, String voter) {
		return command(() -> {
			this.votes.getOrDefault(endpoint, new ConcurrentHashMap<>()).remove(voter);
			return null;
		});
	}

	private <T> Mono<T> command(Supplier<@Nullable T> command) {
		return Mono.defer(() -> this.silent ? Mono.never() : Mono.fromSupplier(() -> {
			if (this.down) {
				throw new IllegalStateException("down");
			}
			synchronized (this) {
				return command.get();
			}
		}));
	}

	private static boolean later(Version version, @Nullable Version before) {
		return before == null || version.compareTo(before) > 0;
	}

	private record Lease(Version opening, String holder, long until, boolean contested) {

	}

}
