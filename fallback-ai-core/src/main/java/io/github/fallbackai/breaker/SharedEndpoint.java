package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.CoolDown;
import io.github.fallbackai.state.Version;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one endpoint in step with the other instances: tells what changes here, follows
 * what changes there, and keeps the verdict of all apart from the one of this instance.
 * Works through its mailbox; safe for use by several threads.
 */
final class SharedEndpoint {

	/** How often news that met other news is told again on top of it. */
	private static final int MOST_OFFERS = 3;

	/**
	 * News that is older when it meets other news is out of date: an instance that was
	 * suspended must not undo what happened meanwhile.
	 */
	private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

	private static final Duration SHORTEST_VOTE = Duration.ofSeconds(1);

	private final EndpointId id;

	private final EndpointBreaker breaker;

	private final EndpointCoolDowns coolDowns;

	private final GateContext context;

	private final Mailbox mailbox = new Mailbox();

	private final ProbeRight probeRight;

	private final Ballot ballot;

	/** What the store has, as far as is known; {@code null} if nothing. */
	private @Nullable ClusterView view;

	/** What the store does not have yet; {@code null} if nothing. */
	private @Nullable News unsaid;

	/**
	 * The version under which everybody knows that the breaker is open; {@code null} if
	 * it opened here alone.
	 */
	private @Nullable Version joined;

	SharedEndpoint(EndpointId id, EndpointBreaker breaker, EndpointCoolDowns coolDowns, GateContext context) {
		this.id = id;
		this.breaker = breaker;
		this.coolDowns = coolDowns;
		this.context = context;
		this.probeRight = new ProbeRight(id, context, this.mailbox, breaker::probing, this::refresh);
		this.ballot = new Ballot(id, context.exchange(), this.mailbox);
	}

	ProbeRight probeRight() {
		return this.probeRight;
	}

	/**
	 * Something changed here.
	 * @param change what
	 * @param judged whether calls brought it about, rather than somebody's hand
	 */
	void changed(FailoverEvent change, boolean judged) {
		this.mailbox.post(() -> {
			if (change instanceof FailoverEvent.EndpointOpened) {
				opened();
			}
			else if (change instanceof FailoverEvent.EndpointClosed) {
				closed(judged);
			}
			else {
				offer(MOST_OFFERS);
			}
		});
	}

	/** An operator reset the endpoint here and wants it for everybody. */
	void reset() {
		this.mailbox.post(() -> say(new News(false, true, this.context.now())));
	}

	/** An operator reset the endpoint elsewhere. */
	void resetElsewhere() {
		this.mailbox.post(this::leave);
	}

	/**
	 * Somebody ended the cool-down of the account, which the store may have from here.
	 */
	void accountReset() {
		this.mailbox.post(() -> {
			if (this.view != null && coolDownOver(this.view, this.context.now())) {
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
			ClusterView known = this.view;
			if (known != null && (held == null || held.version().compareTo(known.version()) < 0)) {
				EndpointState mine = known.at(this.id, this.context.now());
				this.context.exchange().publish(mine, (answer) -> this.mailbox.post(() -> {
					followNow(answer);
					catchUp();
				}));
				return;
			}
			if (held != null) {
				if (known == null || !held.version().equals(known.version())) {
					this.context.exchange().activity().missed();
				}
				followNow(held);
			}
			catchUp();
		});
	}

	private void refresh() {
		this.context.exchange().load(this.id).subscribe(this::follow, (error) -> {
			// The exchange knows.
		});
	}

	private void catchUp() {
		offer(MOST_OFFERS);
		if (this.joined == null && this.unsaid == null && this.context.exchange().needsQuorum()
				&& this.breaker.phase().is(State.OPEN)) {
			vote();
		}
	}

	private void opened() {
		boolean mayJudge = this.joined != null && !this.probeRight.lapsed(this.context.now());
		if (this.view != null && this.view.open() && !mayJudge) {
			follow(this.view);
		}
		else if (mayJudge || !this.context.exchange().needsQuorum()) {
			say(new News(true, false, this.context.now()));
		}
		else {
			vote();
		}
	}

	private void vote() {
		BreakerVerdict verdict = this.breaker.verdict(this.context.now());
		if (verdict == null || verdict.remaining().isZero()) {
			return;
		}
		Duration validity = (verdict.remaining().compareTo(SHORTEST_VOTE) > 0) ? verdict.remaining() : SHORTEST_VOTE;
		this.ballot.cast(validity, (enough) -> {
			if (enough && this.joined == null && this.breaker.phase().is(State.OPEN)) {
				say(new News(true, false, this.context.now()));
			}
		});
	}

	private void closed(boolean judged) {
		boolean alone = this.joined == null;
		if (this.context.exchange().needsQuorum()) {
			this.ballot.takeBack();
		}
		if (!judged || (!alone && !this.probeRight.lapsed(this.context.now()))) {
			say(new News(false, false, this.context.now()));
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
		EndpointState mine = compose(this.context.now());
		if (mine != null) {
			this.context.exchange().publish(mine, (held) -> this.mailbox.post(() -> settle(mine, held, offers)));
		}
	}

	/**
	 * What the store should have: what it has, and on top of it what this instance knows
	 * better.
	 * @return the state, or {@code null} if there is nothing to tell
	 */
	private @Nullable EndpointState compose(long now) {
		ClusterView base = (this.view != null) ? this.view : ClusterView.first(nextEpoch(), now);
		ClusterView next = base;
		News news = this.unsaid;
		if (news != null) {
			BreakerVerdict verdict = this.breaker.verdict(now);
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
		next = next.withCoolDown(this.coolDowns.tellable(now), now);
		return next.equals(base) ? null : next.next(this.context.exchange().origin()).at(this.id, now);
	}

	/** Whether the cool-down that the store has was ended by hand. */
	private boolean coolDownOver(ClusterView known, long now) {
		return known.coolDownCause() != null && known.coolDown(now) != null
				&& !this.coolDowns.lasts(known.coolDownCause(), known.coolDownUntil(), now);
	}

	private static long nextEpoch() {
		return ThreadLocalRandom.current().nextLong();
	}

	private void settle(EndpointState mine, EndpointState held, int offers) {
		long now = this.context.now();
		if (!ClusterView.of(mine, now).saysTheSame(held, now)) {
			this.context.exchange().activity().conflict();
			followNow(held);
			if (offers > 1) {
				offer(offers - 1);
			}
			return;
		}
		if (this.view != null && held.version().compareTo(this.view.version()) < 0) {
			return;
		}
		this.view = ClusterView.of(held, now);
		if (this.unsaid != null && this.unsaid.open() == held.breaker().open()) {
			this.unsaid = null;
		}
		if (!held.breaker().open()) {
			leave();
		}
		else if (this.breaker.phase().is(State.OPEN)) {
			join(this.view, true);
		}
	}

	private void followNow(EndpointState state) {
		ClusterView known = this.view;
		int order = (known != null) ? state.version().compareTo(known.version()) : 1;
		if (order < 0) {
			return;
		}
		long now = this.context.now();
		ClusterView current = ClusterView.of(state, now);
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

	private void follow(ClusterView current) {
		FailoverEvent change = null;
		if (current.open()) {
			change = this.breaker.followOpening(current.verdict(this.context.now()));
			if (this.breaker.phase().is(State.OPEN) || this.joined != null) {
				join(current, false);
			}
		}
		else {
			Version opening = this.joined;
			leave();
			if (opening != null && opening.epoch() == current.version().epoch()) {
				change = this.breaker.followClosing();
			}
		}
		tell((change != null) ? Origins.of(change, current.origin()) : null);
	}

	private void join(ClusterView opening, boolean wanted) {
		this.joined = opening.version();
		if (this.context.exchange().clustered()) {
			this.probeRight.required(opening.version(), opening.openUntil(), wanted);
		}
	}

	private void leave() {
		this.joined = null;
		this.probeRight.notRequired();
	}

	/**
	 * A cool-down that was ended by hand here does not come back with news that only
	 * repeats it, and one that was ended elsewhere ends here.
	 */
	private void followCoolDown(@Nullable ClusterView known, ClusterView current, long now) {
		if (known != null && coolDownOver(known, now) && known.knowsCoolDownOf(current)) {
			return;
		}
		if (known != null && known.coolDownCause() != null && known.coolDownEndedBefore(current)) {
			this.coolDowns.endBy(known.coolDownCause(), known.coolDownUntil());
		}
		CoolDown theirs = current.coolDown(now);
		if (theirs != null && this.coolDowns.follow(theirs, now)) {
			tell(new FailoverEvent.EndpointCooled(this.id.name(), theirs.cause(), theirs.remaining(),
					current.origin()));
		}
	}

	private void tell(@Nullable FailoverEvent change) {
		if (change != null) {
			this.context.listener().onEvent(change);
		}
	}

	/**
	 * A verdict of this instance that is meant for all.
	 *
	 * @param open whether the breaker opened
	 * @param reset whether an operator closed it
	 * @param since when
	 */
	private record News(boolean open, boolean reset, long since) {

		boolean outdatedBy(ClusterView current, long now, long freshFor) {
			boolean fresh = now - this.since <= freshFor;
			return current.open() == this.open || !fresh || !(this.open || this.reset);
		}

	}

}
