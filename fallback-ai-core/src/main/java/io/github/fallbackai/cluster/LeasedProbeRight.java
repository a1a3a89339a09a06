// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.state.ProbeLease;
import io.github.fallbackai.state.Version;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A right to probe that only one instance has at a time. This instance asks for it in the
 * background when the opening expires and calls want the endpoint. It prolongs the right
 * while probes run or no other instance asks.
 */
final class LeasedProbeRight implements ProbeRight {

	/** How long a dead holder keeps the others from probing. */
	static final Duration LEASE = Duration.ofSeconds(10);

	/**
	 * A custom store may have commands without a time limit. This is less than half a
	 * lease, so a right that is granted instead of an answer lasts until the next answer
	 * is missing too.
	 */
	private static final Duration LONGEST_ANSWER = Duration.ofSeconds(3);

	/**
	 * Time between two questions if calls are so rare that a lease would end between
	 * them.
	 */
	private static final long RARE_NANOS = 2 * LEASE.toNanos();

	/** After this time without calls, a holder gives up the right. */
	private static final long IDLE_NANOS = Duration.ofMinutes(10).toNanos();

	private static final long SHORTEST_DENIAL_NANOS = Duration.ofMillis(50).toNanos();

	/**
	 * The store has another state than this instance, which looks it up. If that does not
	 * help, because it cannot read the state, it must not ask with every call.
	 */
	private static final long BEHIND_NANOS = Duration.ofSeconds(1).toNanos();

	private final EndpointId id;

	private final Leases leases;

	private final Mailbox mailbox;

	private final ClusterTime time;

	private final BooleanSupplier probing;

	private final Runnable behind;

	private final Disposable.Swap timer = Disposables.swap();

	private volatile @Nullable Grant grant;

	private volatile @Nullable Opening opening;

	private volatile @Nullable Question question;

	/** The right was taken away while probes ran. */
	private boolean lost;

	/**
	 * A right that is not needed yet.
	 * @param probing whether probes are under way
	 * @param behind what to do when the store no longer knows the opening
	 */
	LeasedProbeRight(EndpointId id, Leases leases, Mailbox mailbox, ClusterTime time, BooleanSupplier probing,
			Runnable behind) {
		this.id = id;
		this.leases = leases;
		this.mailbox = mailbox;
		this.time = time;
		this.probing = probing;
		this.behind = behind;
	}

	@Override
	public boolean permits(long now) {
		return this.opening == null || held(now);
	}

	private boolean held(long now) {
		Grant current = this.grant;
		return current != null && current.until() - now > 0;
	}

	@Override
	public boolean lapsed(long now) {
		return this.lost || (this.grant != null && !held(now));
	}

	@Override
	public void required(Version version, long until, boolean wanted) {
		Opening current = this.opening;
		if (current != null && current.version().equals(version)) {
			this.opening = new Opening(version, until, current.wanted() || wanted);
			if (this.question != null) {
				return;
			}
		}
		else {
			this.lost = this.grant != null;
			this.grant = null;
			this.question = null;
			this.opening = new Opening(version, until, wanted);
		}
		this.timer.update(this.time.schedule(() -> this.mailbox.post(() -> expired(version)), until));
	}

	@Override
	public void notRequired() {
		this.opening = null;
		this.grant = null;
		this.question = null;
		this.lost = false;
		this.timer.update(Disposables.disposed());
	}

	@Override
	public void wanted(long now) {
		Opening current = this.opening;
		if (current == null) {
			return;
		}
		if (!current.wanted() || (current.until() - now <= 0 && !held(now) && mayAsk(now))) {
			this.mailbox.post(() -> {
				markWanted();
				ask(this.time.now());
			});
		}
	}

	@Override
	public Mono<Void> decision() {
		Question current = this.question;
		return (current != null) ? current.answered().asMono() : Mono.empty();
	}

	private void markWanted() {
		Opening current = this.opening;
		if (current != null && !current.wanted()) {
			this.opening = new Opening(current.version(), current.until(), true);
		}
	}

	private boolean mayAsk(long now) {
		Question last = this.question;
		return last == null || (last.over() && last.againAt() - now <= 0);
	}

	private void expired(Version version) {
		Opening current = this.opening;
		if (current != null && current.version().equals(version) && current.wanted()) {
			ask(this.time.now());
		}
	}

	private void ask(long now) {
		Opening current = this.opening;
		if (current == null || current.until() - now > 0 || held(now) || !mayAsk(now)) {
			return;
		}
		Question last = this.question;
		if (last != null && now - last.askedAt() > RARE_NANOS) {
			grantHere(now);
			return;
		}
		send(current.version(), now);
	}

	private void send(Version version, long now) {
		if (this.leases.closed()) {
			return;
		}
		Question asked = new Question(now, now, false, Sinks.empty());
		this.question = asked;
		this.leases.lease(this.id, version, LEASE)
			.singleOptional()
			// An error that comes when the wait ends would be logged if it were no
			// element.
			.materialize()
			.timeout(LONGEST_ANSWER, this.time.scheduler())
			.<Optional<ProbeLease>>dematerialize()
			.subscribe((lease) -> this.mailbox.post(() -> answered(version, asked, lease.orElse(null))),
					(error) -> this.mailbox.post(() -> answered(version, asked, null)));
	}

	private void answered(Version version, Question asked, @Nullable ProbeLease lease) {
		Opening current = this.opening;
		if (current != null && current.version().equals(version)) {
			if (lease == null) {
				grantHere(asked.askedAt());
			}
			else if (lease.held()) {
				granted(version, asked.askedAt(), lease);
			}
			else {
				denied(asked.askedAt(), lease);
			}
		}
		asked.answered().tryEmitEmpty();
	}

	/**
	 * The store cannot say which instance probes, or calls are too rare to wait for the
	 * answer.
	 */
	private void grantHere(long now) {
		Opening current = this.opening;
		if (current != null) {
			granted(current.version(), now, new ProbeLease(true, LEASE, false));
		}
	}

	private void granted(Version version, long askedAt, ProbeLease lease) {
		Grant before = this.grant;
		long since = (before != null && before.until() - askedAt > 0) ? before.since() : askedAt;
		this.grant = new Grant(since, askedAt + Nanos.of(lease.remaining()), lease.contested());
		this.lost = false;
		over(askedAt, askedAt);
		long half = askedAt + Nanos.of(lease.remaining()) / 2;
		this.timer.update(this.time.schedule(() -> this.mailbox.post(() -> prolong(version)), half));
	}

	private void denied(long askedAt, ProbeLease lease) {
		this.lost = this.lost || this.grant != null;
		this.grant = null;
		boolean unknown = lease.remaining().isZero();
		over(askedAt,
				askedAt + (unknown ? BEHIND_NANOS : Math.max(Nanos.of(lease.remaining()), SHORTEST_DENIAL_NANOS)));
		if (unknown) {
			this.behind.run();
		}
	}

	private void over(long askedAt, long againAt) {
		Question last = this.question;
		if (last != null) {
			this.question = new Question(askedAt, againAt, true, last.answered());
		}
	}

	private void prolong(Version version) {
		Opening current = this.opening;
		Grant mine = this.grant;
		long now = this.time.now();
		if (current == null || mine == null || !current.version().equals(version)) {
			return;
		}
		boolean idle = !this.probing.getAsBoolean();
		if (!idle || (!mine.contested() && now - mine.since() < IDLE_NANOS)) {
			send(version, now);
		}
	}

	/**
	 * The opening to probe after.
	 *
	 * @param version the version of the state that opened
	 * @param until when it expires
	 * @param wanted whether a call has wanted the endpoint since then
	 */
	private record Opening(Version version, long until, boolean wanted) {

	}

	/**
	 * The right itself.
	 */
	private record Grant(long since, long until, boolean contested) {

	}

	/**
	 * The last time the store was asked.
	 */
	private record Question(long askedAt, long againAt, boolean over, Sinks.Empty<Void> answered) {

	}

	/**
	 * Asks the store which instance may probe.
	 */
	interface Leases {

		/** Asks for the sole right to probe, or prolongs it. */
		Mono<ProbeLease> lease(EndpointId endpoint, Version opening, Duration length);

		/** Whether the store is not asked any more. */
		boolean closed();

	}

}
