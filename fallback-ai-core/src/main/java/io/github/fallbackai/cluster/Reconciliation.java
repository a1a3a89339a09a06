// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Nanos;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Compares what this instance knows with what the store has, so that lost messages,
 * emptied stores and outages have no lasting effect. It does so regularly, and at once
 * when the store is back or the subscription was made again. While the store is out, it
 * only asks whether the store is back.
 */
final class Reconciliation {

	private static final Logger logger = LoggerFactory.getLogger(Reconciliation.class);

	private static final Duration BETWEEN_PINGS = Duration.ofSeconds(1);

	/** Spreads the first comparisons of instances that started together. */
	private static final double FIRST_JITTER = 0.9;

	private static final double JITTER = 0.1;

	private static final int CONCURRENCY = 4;

	private final StateExchange exchange;

	private final SharingPeers peers;

	private final Duration interval;

	private final Scheduler scheduler;

	private final DoubleSupplier random;

	Reconciliation(StateExchange exchange, SharingPeers peers, Duration interval, Scheduler scheduler,
			DoubleSupplier random) {
		this.exchange = exchange;
		this.peers = peers;
		this.interval = interval;
		this.scheduler = scheduler;
		this.random = random;
	}

	/**
	 * Starts to compare.
	 * @param members all endpoints
	 * @param restored completes when it is known what the store had at the start
	 */
	void start(Map<EndpointId, EndpointMembership> members, Mono<Void> restored) {
		Mono<Void> round = Mono.defer(() -> round(members));
		Flux<Void> regularly = restored.then(pause(this.interval, FIRST_JITTER))
			.thenMany(round.then(pause(this.interval, JITTER)).repeat())
			.thenMany(Flux.never());
		Flux<Void> afterOutages = outage().beginnings()
			.onBackpressureLatest()
			.concatMap((since) -> untilBack().then(round), 1);
		Flux<Void> afterGaps = this.peers.renewals()
			.onErrorComplete()
			.onBackpressureLatest()
			.concatMap((number) -> round, 1);
		this.exchange.commands().add(Flux.merge(regularly, afterOutages, afterGaps).subscribe());
	}

	private StoreOutage outage() {
		return this.exchange.commands().outage();
	}

	private Mono<Void> untilBack() {
		Duration between = (BETWEEN_PINGS.compareTo(this.interval) < 0) ? BETWEEN_PINGS : this.interval;
		Mono<Void> trial = pause(between, JITTER).then(Mono.defer(this.peers::ping)).onErrorComplete();
		return trial.repeat(outage()::ongoing).then();
	}

	private Mono<Void> pause(Duration length, double jitter) {
		return Mono.defer(
				() -> Mono.delay(Duration.ofNanos((long) (Nanos.of(length) * (1 - jitter * this.random.getAsDouble()))),
						this.scheduler))
			.then();
	}

	private Mono<Void> round(Map<EndpointId, EndpointMembership> members) {
		if (outage().ongoing()) {
			return Mono.empty();
		}
		return Flux.fromIterable(members.entrySet())
			.flatMapDelayError((entry) -> reconcile(entry.getKey(), entry.getValue()), CONCURRENCY, CONCURRENCY)
			.then()
			.doOnSuccess((done) -> this.exchange.activity().compared())
			.onErrorComplete();
	}

	private Mono<Void> reconcile(EndpointId id, EndpointMembership member) {
		Mono<Void> state = this.exchange.load(id)
			.singleOptional()
			.doOnNext((held) -> apart(() -> member.reconcile(held.orElse(null))))
			.then();
		Mono<Void> decision = this.peers.loadDecision(id)
			.singleOptional()
			.doOnNext((held) -> apart(() -> member.reconcileDecision(held.orElse(null))))
			.then();
		return state.then(decision);
	}

	/** An error at one endpoint ends neither this round nor later ones. */
	private static void apart(Runnable comparison) {
		try {
			comparison.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("An endpoint could not be compared with what the state store has", ex);
		}
	}

}
