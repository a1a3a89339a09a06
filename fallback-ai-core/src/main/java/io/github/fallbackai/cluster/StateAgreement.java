// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;

/**
 * Keeps breaker and cool-down of one endpoint in step with the other instances. It tells
 * what changes here and follows what changes there. It keeps the verdict of the cluster
 * separate from the verdict of this instance. It works through its mailbox and is safe
 * for use by several threads.
 */
final class StateAgreement {

	/**
	 * How often a change that met another change in the store is offered again on top of
	 * it.
	 */
	private static final int MOST_OFFERS = 3;

	/**
	 * If a change is older than this when it meets another one, it is out of date. An
	 * instance that was suspended must not undo what happened meanwhile.
	 */
	private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

	private static final Duration SHORTEST_VOTE = Duration.ofSeconds(1);

	private final EndpointId id;

	private final LocalGate gate;

	private final ClusterTime time;

	private final StateExchange exchange;

	private final Peers peers;

	private final Mailbox mailbox = new Mailbox();

	private final ProbeRight probeRight;

	private final Ballot ballot;

	/** The state in the store, as far as it is known; {@code null} if there is none. */
	private @Nullable StateView view;

	/** The change that the store does not have yet; {@code null} if there is none. */
	private @Nullable News unsaid;

	/**
	 * The version under which all instances know that the breaker is open; {@code null}
	 * if it opened only here.
	 */
	private @Nullable Version joined;

	StateAgreement(EndpointId id, LocalGate gate, ClusterTime time, StateExchange exchange, Peers peers) {
		this.id = id;
		this.gate = gate;
		this.time = time;
		this.exchange = exchange;
		this.peers = peers;
		this.probeRight = peers.probeRight(id, this.mailbox, gate::probing, this::refresh);
		this.ballot = new Ballot(id, peers, this.mailbox);
	}

	ProbeRight probeRight() {
		return this.probeRight;
	}

	/** The breaker opened here. */
	void opened() {
		this.mailbox.post(this::openedNow);
	}

	/** The breaker closed here. */
	void closed(boolean judged) {
		this.mailbox.post(() -> closedNow(judged));
	}

	/** A cool-down began here, or became longer. */
	void cooledDown() {
		this.mailbox.post(() -> offer(MOST_OFFERS));
	}

	/** An operator reset the endpoint here for all instances. */
	void reset() {
		this.mailbox.post(() -> say(new News(false, true, this.time.now())));
	}

	/** An operator reset the endpoint elsewhere. */
	void resetElsewhere() {
		this.mailbox.post(this::leave);
	}

	/**
	 * An operator ended the cool-down of the account. The store may have it from this
	 * instance.
	 */
	void accountReset() {
		this.mailbox.post(() -> {
			if (this.view != null && coolDownOver(this.view, this.time.now())) {
				offer(MOST_OFFERS);
			}
		});
	}

	/** Follows another instance. */
	void follow(EndpointState state) {
		this.mailbox.post(() -> followNow(state));
	}

	/** Compares what is known here with what the store has. */
	void reconcile(@Nullable EndpointState held) {
		this.mailbox.post(() -> {
			StateView known = this.view;
			if (known != null && (held == null || held.version().compareTo(known.version()) < 0)) {
				EndpointState mine = known.at(this.id, this.time.now());
				this.exchange.publish(mine, (answer) -> this.mailbox.post(() -> {
					followNow(answer);
					catchUp();
				}));
				return;
			}
			if (held != null) {
				if (known == null || !held.version().equals(known.version())) {
					this.exchange.activity().missed();
				}
				followNow(held);
			}
			catchUp();
		});
	}

	private void refresh() {
		this.exchange.load(this.id).subscribe(this::follow, (error) -> {
			// Counted and logged where it is sent.
		});
	}

	private void catchUp() {
		offer(MOST_OFFERS);
		if (this.joined == null && this.unsaid == null && this.peers.needsQuorum() && this.gate.open()) {
			vote();
		}
	}

	private void openedNow() {
		boolean mayJudge = this.joined != null && !this.probeRight.lapsed(this.time.now());
		if (this.view != null && this.view.open() && !mayJudge) {
			follow(this.view);
		}
		else if (mayJudge || !this.peers.needsQuorum()) {
			say(new News(true, false, this.time.now()));
		}
		else {
			vote();
		}
	}

	private void vote() {
		BreakerVerdict verdict = this.gate.verdict(this.time.now());
		if (verdict == null || verdict.remaining().isZero()) {
			return;
		}
		Duration validity = (verdict.remaining().compareTo(SHORTEST_VOTE) > 0) ? verdict.remaining() : SHORTEST_VOTE;
		this.ballot.cast(validity, (enough) -> {
			if (enough && this.joined == null && this.gate.open()) {
				say(new News(true, false, this.time.now()));
			}
		});
	}

	private void closedNow(boolean judged) {
		boolean alone = this.joined == null;
		if (this.peers.needsQuorum()) {
			this.ballot.takeBack();
		}
		if (!judged || (!alone && !this.probeRight.lapsed(this.time.now()))) {
			say(new News(false, false, this.time.now()));
			return;
		}
		this.unsaid = null;
		if (this.view != null) {
			follow(this.view);
		}
	}

	private void say(News news) {
		this.unsaid = news;
		offer(MOST_OFFERS);
	}

	private void offer(int offers) {
		EndpointState mine = compose(this.time.now());
		if (mine != null) {
			this.exchange.publish(mine, (held) -> this.mailbox.post(() -> settle(mine, held, offers)));
		}
	}

	/**
	 * The state that the store should have: what it has, and on top of that what this
	 * instance knows better.
	 * @return the state, or {@code null} if there is nothing to tell
	 */
	private @Nullable EndpointState compose(long now) {
		StateView base = (this.view != null) ? this.view : StateView.first(nextEpoch(), now);
		StateView next = base;
		News news = this.unsaid;
		if (news != null) {
			BreakerVerdict verdict = this.gate.verdict(now);
			if (verdict == null || verdict.open() != news.open()) {
				this.unsaid = null;
			}
			else {
				next = next.withVerdict(verdict, now);
			}
		}
		if (coolDownOver(base, now)) {
			next = next.withoutCoolDown(now);
		}
		next = next.withCoolDown(this.gate.coolDown(now), now);
		return next.equals(base) ? null : next.next(this.peers.origin()).at(this.id, now);
	}

	/** Whether an operator ended the cool-down that the store has. */
	private boolean coolDownOver(StateView known, long now) {
		return known.coolDownCause() != null && known.coolDown(now) != null
				&& !this.gate.coolsDown(known.coolDownCause(), known.coolDownUntil(), now);
	}

	private static long nextEpoch() {
		return ThreadLocalRandom.current().nextLong();
	}

	private void settle(EndpointState mine, EndpointState held, int offers) {
		long now = this.time.now();
		if (!StateView.of(mine, now).saysTheSame(held, now)) {
			this.exchange.activity().conflict();
			followNow(held);
			if (offers > 1) {
				offer(offers - 1);
			}
			return;
		}
		if (this.view != null && held.version().compareTo(this.view.version()) < 0) {
			return;
		}
		this.view = StateView.of(held, now);
		if (this.unsaid != null && this.unsaid.open() == held.breaker().open()) {
			this.unsaid = null;
		}
		if (!held.breaker().open()) {
			leave();
		}
		else if (this.gate.open()) {
			join(this.view, true);
		}
	}

	private void followNow(EndpointState state) {
		StateView known = this.view;
		int order = (known != null) ? state.version().compareTo(known.version()) : 1;
		if (order < 0) {
			return;
		}
		long now = this.time.now();
		StateView told = StateView.of(state, now);
		StateView current = (known != null && order == 0) ? told.noLaterThan(known, now) : told;
		this.view = current;
		if (order > 0 && this.unsaid != null && this.unsaid.outdatedBy(current, now, FRESH_NANOS)) {
			this.unsaid = null;
		}
		if (this.unsaid == null) {
			follow(current);
		}
		if (order > 0) {
			followCoolDown(known, current, now);
		}
	}

	private void follow(StateView current) {
		if (current.open()) {
			this.gate.followOpening(current.verdict(this.time.now()), current.origin());
			if (this.gate.open() || this.joined != null) {
				join(current, false);
			}
			return;
		}
		Version opening = this.joined;
		leave();
		if (opening != null && opening.epoch() == current.version().epoch()) {
			this.gate.followClosing(current.origin());
		}
	}

	private void join(StateView opening, boolean wanted) {
		this.joined = opening.version();
		this.probeRight.required(opening.version(), opening.openUntil(), wanted);
	}

	private void leave() {
		this.joined = null;
		this.probeRight.notRequired();
	}

	/**
	 * A cool-down that an operator ended here does not come back with a state that only
	 * repeats it. A cool-down that was ended at another instance ends here.
	 */
	private void followCoolDown(@Nullable StateView known, StateView current, long now) {
		if (known != null && coolDownOver(known, now) && known.knowsCoolDownOf(current)) {
			return;
		}
		if (known != null && known.coolDownCause() != null && known.coolDownEndedBefore(current)) {
			this.gate.endCoolDown(known.coolDownCause(), known.coolDownUntil());
		}
		CoolDown theirs = current.coolDown(now);
		if (theirs != null) {
			this.gate.followCoolDown(theirs, now, current.origin());
		}
	}

	/**
	 * A verdict of this instance for all instances.
	 *
	 * @param open whether the breaker opened
	 * @param reset whether an operator closed it
	 * @param since when
	 */
	private record News(boolean open, boolean reset, long since) {

		boolean outdatedBy(StateView current, long now, long freshFor) {
			boolean fresh = now - this.since <= freshFor;
			return current.open() == this.open || !fresh || !(this.open || this.reset);
		}

	}

}
