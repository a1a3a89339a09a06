package io.github.fallbackai.breaker;

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
 * instances. A decision that meets another one in the store is made again on top of it,
 * because an operator's word is never dropped.
 */
final class EndpointControl implements OperatorControl {

	private static final int MOST_OFFERS = 5;

	/** Beyond the clock's range, and as good as for ever. */
	private static final Duration LONGEST = Duration.ofDays(36500);

	private final EndpointId id;

	private final GateContext context;

	private final Resetting resetting;

	private volatile Ruling ruling = Ruling.NONE;

	/** The latest version seen in the store; guarded by this. */
	private @Nullable Version known;

	/** What the store does not have yet, {@code null} if nothing; guarded by this. */
	private @Nullable Amendment pending;

	/** Whether it is known what the store had; guarded by this. */
	private boolean looked;

	/** What was offered last, {@code null} if nothing; guarded by this. */
	private @Nullable OperatorDecision offered;

	EndpointControl(EndpointId id, GateContext context, Resetting resetting) {
		this.id = id;
		this.context = context;
		this.resetting = resetting;
	}

	@Override
	public Mono<ControlScope> disable(@Nullable Duration length, @Nullable String reason) {
		if (length != null && (length.isZero() || length.isNegative())) {
			throw new IllegalArgumentException("for: " + length + " (expected: > 0)");
		}
		Duration bounded = (length != null && length.compareTo(LONGEST) > 0) ? null : length;
		return Mono.defer(() -> decide(Amendment.disabled(bounded, reason, this.context.now())));
	}

	@Override
	public Mono<ControlScope> enable() {
		return Mono.defer(() -> decide(Amendment.ENABLED));
	}

	@Override
	public Mono<ControlScope> prefer() {
		return Mono.defer(() -> decide(Amendment.preferred(this.context.preferences().next())));
	}

	@Override
	public Mono<ControlScope> reset() {
		return Mono.defer(() -> {
			this.resetting.resetEverywhere();
			return decide(Amendment.RESET);
		});
	}

	@Override
	public boolean disabled() {
		return availability(this.context.now()) != null;
	}

	@Override
	public @Nullable String disabledReason() {
		OperatorDecision.Disabling disabling = this.ruling.disablingAt(this.context.now());
		return (disabling != null) ? disabling.reason() : null;
	}

	int preference() {
		return this.ruling.preference();
	}

	@Nullable Availability availability(long now) {
		return this.ruling.availability(now);
	}

	private Mono<ControlScope> decide(Amendment latest) {
		synchronized (this) {
			Amendment earlier = this.pending;
			this.ruling = latest.of(this.ruling);
			this.pending = (earlier != null) ? earlier.then(latest) : latest;
		}
		return lookUp().then(offer(MOST_OFFERS))
			.onErrorReturn(ControlScope.INSTANCE)
			.switchIfEmpty(Mono.fromSupplier(this::decidedAlone));
	}

	/**
	 * A first decision starts a line of versions of its own, which would hide one that
	 * was made unheard of here.
	 */
	private synchronized Mono<Void> lookUp() {
		if (this.known != null) {
			return Mono.empty();
		}
		return this.context.exchange().loadDecision(this.id).doOnNext(this::look).then();
	}

	private Mono<ControlScope> offer(int offers) {
		return Mono.defer(() -> {
			OperatorDecision mine = present();
			return this.context.exchange().publish(mine).flatMap((held) -> {
				if (accepted(mine, held)) {
					return Mono.just(ControlScope.CLUSTER);
				}
				follow(held);
				return (offers > 1) ? offer(offers - 1) : Mono.just(ControlScope.INSTANCE);
			});
		});
	}

	/** Nobody else is there to learn of it. */
	private synchronized ControlScope decidedAlone() {
		this.pending = null;
		return ControlScope.INSTANCE;
	}

	private synchronized OperatorDecision present() {
		Version version = (this.known != null) ? this.known.next()
				: new Version(ThreadLocalRandom.current().nextLong(), 1);
		OperatorDecision mine = decision(version);
		this.offered = mine;
		return mine;
	}

	private OperatorDecision decision(Version version) {
		return new OperatorDecision(this.id, version, this.ruling.disablingAt(this.context.now()),
				this.ruling.preference(), this.ruling.resets(), this.context.exchange().origin());
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
	 * Takes over what the store has. What it has at the first look may have happened
	 * before there was anything to reset.
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
		Ruling before;
		Ruling after;
		long now = this.context.now();
		synchronized (this) {
			int order = (this.known != null) ? held.version().compareTo(this.known) : 1;
			// What is told to all comes back, perhaps before the answer to it.
			if (order < 0 || (order == 0 && this.pending != null)
					|| (this.offered != null && accepted(this.offered, held))) {
				return;
			}
			this.known = held.version();
			this.context.preferences().seen(held.preference());
			Ruling theirs = Ruling.of(held, now);
			before = this.ruling;
			after = (this.pending != null) ? this.pending.of(theirs) : theirs;
			this.ruling = after;
			if (order == 0) {
				return;
			}
		}
		DecisionNews told = new DecisionNews(this.id.name(), held.origin(), now);
		(news ? told.between(before, after) : told.holding(before, after)).forEach(this.context.listener()::onEvent);
		if (news && after.resets() > before.resets()) {
			this.resetting.resetHere();
		}
	}

	/** Compares what is known here with what the store has. */
	void reconcile(@Nullable OperatorDecision held) {
		look(held);
		if (behind(held)) {
			offer(MOST_OFFERS).subscribe();
		}
	}

	/** Whether the store lacks something that was decided or known here. */
	private synchronized boolean behind(@Nullable OperatorDecision held) {
		return this.pending != null
				|| (this.known != null && (held == null || held.version().compareTo(this.known) < 0));
	}

	/**
	 * How to reset breaker and cool-downs.
	 */
	interface Resetting {

		/** Because another instance said so. */
		void resetHere();

		/** And tell the others. */
		void resetEverywhere();

	}

}
