// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps what operators decided about one endpoint and agrees on it with the other
 * instances. If a decision meets another one in the store, it is made again on top of
 * that one, because no decision of an operator may be lost.
 */
final class DecisionAgreement implements Decisions {

	private static final int MOST_OFFERS = 5;

	/** Longer than the clock's range, so it counts as for ever. */
	private static final Duration LONGEST = Duration.ofDays(36500);

	private final EndpointId id;

	private final Effects effects;

	private final ClusterTime time;

	private final Peers peers;

	private final Preferences preferences;

	private volatile DecisionView view = DecisionView.NONE;

	/** The latest version seen in the store; guarded by this. */
	private @Nullable Version known;

	/**
	 * The change that the store does not have yet, {@code null} if there is none; guarded
	 * by this.
	 */
	private @Nullable DecisionChange pending;

	/** Whether this instance knows what the store had; guarded by this. */
	private boolean looked;

	/**
	 * The decision that was offered last, {@code null} if there is none; guarded by this.
	 */
	private @Nullable OperatorDecision offered;

	DecisionAgreement(EndpointId id, Effects effects, ClusterTime time, Peers peers, Preferences preferences) {
		this.id = id;
		this.effects = effects;
		this.time = time;
		this.peers = peers;
		this.preferences = preferences;
	}

	@Override
	public Mono<Boolean> disable(@Nullable Duration length, @Nullable String reason) {
		Duration bounded = (length != null && length.compareTo(LONGEST) > 0) ? null : length;
		return Mono.defer(() -> decide(DecisionChange.disabled(bounded, reason, this.time.now())));
	}

	@Override
	public Mono<Boolean> enable() {
		return Mono.defer(() -> decide(DecisionChange.ENABLED));
	}

	@Override
	public Mono<Boolean> prefer() {
		return Mono.defer(() -> decide(DecisionChange.preferred(this.preferences.next())));
	}

	@Override
	public Mono<Boolean> reset() {
		return Mono.defer(() -> {
			this.effects.resetEverywhere();
			return decide(DecisionChange.RESET);
		});
	}

	@Override
	public OperatorDecision.@Nullable Disabling disablingAt(long now) {
		return this.view.disablingAt(now);
	}

	@Override
	public int preference() {
		return this.view.preference();
	}

	private Mono<Boolean> decide(DecisionChange latest) {
		synchronized (this) {
			DecisionChange earlier = this.pending;
			this.view = latest.of(this.view);
			this.pending = (earlier != null) ? earlier.then(latest) : latest;
		}
		return lookUp().then(offer(MOST_OFFERS))
			.onErrorReturn(false)
			.switchIfEmpty(Mono.fromSupplier(this::decidedAlone));
	}

	/**
	 * A first decision starts a new line of versions. That line could hide a decision
	 * that this instance does not know, so it looks first.
	 */
	private synchronized Mono<Void> lookUp() {
		if (this.known != null) {
			return Mono.empty();
		}
		return this.peers.loadDecision(this.id).doOnNext(this::look).then();
	}

	private Mono<Boolean> offer(int offers) {
		return Mono.defer(() -> {
			OperatorDecision mine = present();
			return this.peers.publish(mine).flatMap((held) -> {
				if (accepted(mine, held)) {
					return Mono.just(true);
				}
				follow(held);
				return (offers > 1) ? offer(offers - 1) : Mono.just(false);
			});
		});
	}

	/** There is no other instance to tell, so nothing is pending. */
	private synchronized boolean decidedAlone() {
		this.pending = null;
		return false;
	}

	private synchronized OperatorDecision present() {
		Version version = (this.known != null) ? this.known.next()
				: new Version(ThreadLocalRandom.current().nextLong(), 1);
		OperatorDecision mine = decision(version);
		this.offered = mine;
		return mine;
	}

	private OperatorDecision decision(Version version) {
		return new OperatorDecision(this.id, version, this.view.disablingAt(this.time.now()), this.view.preference(),
				this.view.resets(), this.peers.origin());
	}

	/** Whether the store took the offer, or has one that says the same. */
	private synchronized boolean accepted(OperatorDecision mine, OperatorDecision held) {
		if (!held.version().equals(mine.version()) || !sameWords(mine, held)) {
			return false;
		}
		if (this.known == null || held.version().compareTo(this.known) >= 0) {
			this.known = held.version();
			if (sameWords(decision(held.version()), held)) {
				this.pending = null;
			}
		}
		return true;
	}

	private static boolean sameWords(OperatorDecision one, OperatorDecision other) {
		OperatorDecision.Disabling mine = one.disabling();
		OperatorDecision.Disabling theirs = other.disabling();
		boolean alike = (mine == null || theirs == null) ? mine == null && theirs == null
				: Objects.equals(mine.reason(), theirs.reason())
						&& (mine.remaining() == null) == (theirs.remaining() == null);
		return alike && one.preference() == other.preference() && one.resets() == other.resets();
	}

	/** Takes over what the store had when this instance started, if anything. */
	void restore(@Nullable OperatorDecision held) {
		look(held);
	}

	/**
	 * Takes over what another instance decided, and puts on top of it what the store does
	 * not have yet.
	 */
	void follow(OperatorDecision held) {
		follow(held, true);
	}

	/**
	 * Takes over what the store has. A reset that it has at the first look may be older
	 * than this instance, so nothing needs a reset then.
	 */
	private void look(@Nullable OperatorDecision held) {
		boolean news;
		synchronized (this) {
			news = this.looked || this.known != null;
			this.looked = true;
		}
		if (held != null) {
			follow(held, news);
		}
	}

	private void follow(OperatorDecision held, boolean news) {
		DecisionView before;
		DecisionView after;
		long now = this.time.now();
		synchronized (this) {
			int order = (this.known != null) ? held.version().compareTo(this.known) : 1;
			// A message to all instances also comes back here, perhaps before the answer.
			if (order < 0 || (order == 0 && this.pending != null)
					|| (this.offered != null && accepted(this.offered, held))) {
				return;
			}
			this.known = held.version();
			this.preferences.seen(held.preference());
			before = this.view;
			DecisionView told = DecisionView.of(held, now);
			DecisionView theirs = (order == 0) ? told.noLaterThan(before, now) : told;
			after = (this.pending != null) ? this.pending.of(theirs) : theirs;
			this.view = after;
			if (order == 0) {
				return;
			}
		}
		DecisionDifference told = new DecisionDifference(held.origin(), now);
		(news ? told.between(before, after) : told.holding(before, after)).forEach(this.effects::tell);
		if (news && after.resets() > before.resets()) {
			this.effects.resetHere();
		}
	}

	/** Compares what is known here with what the store has. */
	void reconcile(@Nullable OperatorDecision held) {
		look(held);
		if (behind(held)) {
			// If it fails, the decision stays pending until the next comparison.
			offer(MOST_OFFERS).onErrorComplete().subscribe();
		}
	}

	/** Whether the store lacks a decision that was made or known here. */
	private synchronized boolean behind(@Nullable OperatorDecision held) {
		return this.pending != null
				|| (this.known != null && (held == null || held.version().compareTo(this.known) < 0));
	}

	/**
	 * What decisions bring about.
	 */
	interface Effects {

		/**
		 * Resets breaker and cool-downs because an operator did so at another instance.
		 */
		void resetHere();

		/** Resets them and tells the others. */
		void resetEverywhere();

		/** Tells what was decided elsewhere. */
		void tell(DecisionNews news);

	}

}
