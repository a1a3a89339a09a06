package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.ProbeLease;
import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The way to the state store and back. Whatever the store does, nothing of it reaches a
 * call. A shared store that fails is left alone until it answers a ping.
 */
final class StateExchange implements AutoCloseable {

	/**
	 * A store limits its commands; this ends those of one that forgot, so that nothing
	 * here waits for ever.
	 */
	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

	private final BreakerStateStore store;

	private final @Nullable ClusterStateStore cluster;

	private final ClusterSettings settings;

	private final Outage outage;

	private final StateStoreActivity activity;

	private final LongSupplier clock;

	private final Scheduler scheduler;

	/** The latest change of each endpoint that was told and has not come back yet. */
	private final Map<EndpointId, Told> told = new ConcurrentHashMap<>();

	private final Sinks.Empty<Void> restored = Sinks.empty();

	private final Disposable.Composite subscriptions = Disposables.composite();

	StateExchange(BreakerStateStore store, ClusterSettings settings, LongSupplier clock, Scheduler scheduler) {
		this.store = store;
		this.cluster = (store instanceof ClusterStateStore shared) ? shared : null;
		this.settings = settings;
		this.clock = clock;
		this.scheduler = scheduler;
		this.activity = new StateStoreActivity(clock);
		this.outage = new Outage(clock, this.activity);
	}

	/** Whether other instances share the store. */
	boolean clustered() {
		return this.cluster != null;
	}

	/** Whether nothing is asked or told any more. */
	boolean closed() {
		return this.subscriptions.isDisposed();
	}

	/** How this instance signs what it tells, {@code null} if there are no others. */
	@Nullable String origin() {
		return (this.cluster != null) ? this.settings.instanceId() : null;
	}

	/** Whether an opening needs the votes of other instances. */
	boolean needsQuorum() {
		return this.cluster != null && this.settings.quorum() > 1;
	}

	Outage outage() {
		return this.outage;
	}

	StateStoreActivity activity() {
		return this.activity;
	}

	/** Completes when it is known, or clear that it cannot be, what the store had. */
	Mono<Void> restored() {
		return this.restored.asMono();
	}

	/**
	 * Follows the store first and looks up what it has then, so that nothing falls in
	 * between.
	 */
	void start(Map<EndpointId, GuardedEndpoint> gates) {
		listen(this.store::changes, (state) -> {
			heard(state);
			GuardedEndpoint gate = gates.get(state.endpoint());
			if (gate != null) {
				gate.shared().follow(state);
			}
		});
		ClusterStateStore shared = this.cluster;
		if (shared != null) {
			listen(shared::decisions, (decision) -> {
				GuardedEndpoint gate = gates.get(decision.endpoint());
				if (gate != null) {
					gate.control().follow(decision);
				}
			});
		}
		this.subscriptions.add(Flux.fromIterable(gates.entrySet())
			.flatMap((entry) -> restore(entry.getKey(), entry.getValue()))
			.doFinally((end) -> this.restored.tryEmitEmpty())
			.subscribe());
	}

	private Mono<Void> restore(EndpointId id, GuardedEndpoint gate) {
		Mono<Void> state = load(id).doOnNext(gate.shared()::follow).then().onErrorComplete();
		Mono<Void> decision = loadDecision(id).singleOptional()
			.doOnNext((held) -> gate.control().restore(held.orElse(null)))
			.then()
			.onErrorComplete();
		return Mono.when(state, decision);
	}

	private void heard(EndpointState state) {
		Told change = this.told.get(state.endpoint());
		if (change != null && change.version().equals(state.version()) && this.told.remove(state.endpoint(), change)) {
			this.activity.heard(this.clock.getAsLong() - change.at());
		}
	}

	private <T> void listen(Supplier<Flux<T>> source, Consumer<T> follower) {
		this.subscriptions.add(Flux.defer(source).subscribe(follower, this::broken));
	}

	/** Something that stops when the exchange does. */
	void add(Disposable subscription) {
		this.subscriptions.add(subscription);
	}

	Mono<EndpointState> load(EndpointId endpoint) {
		return command(() -> this.store.load(endpoint));
	}

	/** Offers a state; without an answer, nothing happens. */
	void publish(EndpointState state, Consumer<EndpointState> held) {
		command(() -> {
			this.told.put(state.endpoint(), new Told(state.version(), this.clock.getAsLong()));
			return this.store.publish(state);
		}).subscribe(held, StateExchange::known);
	}

	/**
	 * Offers an operator's decision to the other instances.
	 * @return what they hold afterwards; empty if there are none
	 */
	Mono<OperatorDecision> publish(OperatorDecision decision) {
		return shared((cluster) -> cluster.publish(decision));
	}

	/**
	 * Looks up an operator's decision.
	 * @return what the other instances hold; empty if that is nothing or there are none
	 */
	Mono<OperatorDecision> loadDecision(EndpointId endpoint) {
		return shared((cluster) -> cluster.loadDecision(endpoint));
	}

	/** Asks for the sole right to probe. */
	Mono<ProbeLease> lease(EndpointId endpoint, Version opening, Duration length) {
		return shared((cluster) -> cluster.lease(endpoint, opening, this.settings.instanceId(), length));
	}

	/** Votes, and tells whether there are enough votes. */
	Mono<Boolean> vote(EndpointId endpoint, Duration validity) {
		return shared((cluster) -> cluster.vote(endpoint, this.settings.instanceId(), validity))
			.map((votes) -> votes >= this.settings.quorum());
	}

	/** Takes the vote back. */
	Mono<Void> withdraw(EndpointId endpoint) {
		return shared((cluster) -> cluster.withdraw(endpoint, this.settings.instanceId()));
	}

	/** Tries whether the store is back, and ends the outage if so. */
	Mono<Void> ping() {
		ClusterStateStore shared = this.cluster;
		return (shared != null) ? limited(shared::ping).doOnSuccess((done) -> this.outage.ended()) : Mono.empty();
	}

	/** When messages may have been lost because the store was subscribed to anew. */
	Flux<Long> renewals() {
		ClusterStateStore shared = this.cluster;
		return (shared != null) ? Flux.defer(shared::renewals) : Flux.never();
	}

	private <T> Mono<T> shared(Function<ClusterStateStore, Mono<T>> command) {
		ClusterStateStore shared = this.cluster;
		return (shared != null) ? command(() -> command.apply(shared)) : Mono.empty();
	}

	private <T> Mono<T> command(Supplier<Mono<T>> command) {
		return Mono.defer(() -> {
			if (closed()) {
				return Mono.empty();
			}
			if (this.cluster != null && this.outage.ongoing()) {
				this.activity.commandWithheld();
				return Mono.error(new StoreOutException());
			}
			return limited(command).doOnSuccess((answer) -> done()).doOnError(this::broken);
		});
	}

	private <T> Mono<T> limited(Supplier<Mono<T>> command) {
		return Mono.defer(command).timeout(LONGEST_ANSWER, this.scheduler);
	}

	private void done() {
		this.activity.commandDone();
		if (this.cluster == null) {
			this.outage.ended();
		}
	}

	private void broken(Throwable cause) {
		this.activity.commandFailed();
		this.outage.began(cause);
	}

	/** What fails is counted and logged where it is sent. */
	private static void known(Throwable error) {
	}

	@Override
	public void close() {
		this.subscriptions.dispose();
	}

	/**
	 * A change on its way to the other instances.
	 */
	private record Told(Version version, long at) {

	}

	/** The store was not even asked. */
	private static final class StoreOutException extends RuntimeException {

		StoreOutException() {
			super("the state store is out", null, false, false);
		}

	}

}
