// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.cluster.Membership;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.endpoint.ProbeMode;
import io.github.fallbackai.state.OperatorDecision;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Has one endpoint probed in the background when the wait of its breaker is over, as long
 * as calls want it and nothing else speaks against it. Safe for use by several threads;
 * probes start on the scheduler's threads.
 */
final class BackgroundProbing implements AutoCloseable {

	/** An endpoint that no call wanted for so long is left alone. */
	private static final long WANTED_NANOS = Duration.ofMinutes(5).toNanos();

	/**
	 * A probe starts a bit before the wait is over, so that its verdict is there by then.
	 */
	private static final int PART_OF_WAIT = 40;

	private static final long LONGEST_LEAD_NANOS = Duration.ofMillis(250).toNanos();

	/** A timer that is a bit early is not set again for nothing. */
	private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();

	private final EndpointBreaker breaker;

	private final EndpointCoolDowns coolDowns;

	private final Membership membership;

	private final GateContext context;

	private final boolean wished;

	private final long lead;

	private final Disposable.Swap timer = Disposables.swap();

	private final AtomicBoolean nudged = new AtomicBoolean();

	private volatile @Nullable Runnable prober;

	/** The endpoint does not take our request, so that only calls can probe it. */
	private volatile boolean refused;

	private volatile @Nullable Long wantedAt;

	BackgroundProbing(Endpoint endpoint, EndpointBreaker breaker, EndpointCoolDowns coolDowns, Membership membership,
			GateContext context) {
		this.breaker = breaker;
		this.coolDowns = coolDowns;
		this.membership = membership;
		this.context = context;
		this.wished = endpoint.breaker().probe().mode() == ProbeMode.BACKGROUND;
		this.lead = Math.min(Nanos.of(endpoint.breaker().recoveryTimeout()) / PART_OF_WAIT, LONGEST_LEAD_NANOS);
	}

	/** From now on, an action sends the probes. */
	void probedBy(Runnable prober) {
		this.prober = prober;
		update();
	}

	/** Whether calls leave the probes to us. */
	boolean active() {
		return this.wished && this.prober != null && !this.refused && !this.timer.isDisposed();
	}

	/** How long before the end of the wait a probe may start. */
	long lead() {
		return this.lead;
	}

	/** A call would have asked the endpoint. */
	void wanted(long now) {
		this.wantedAt = now;
		if (active() && due(now) && this.nudged.compareAndSet(false, true)) {
			this.context.scheduler().schedule(() -> {
				this.nudged.set(false);
				probe();
			});
		}
	}

	private boolean due(long now) {
		OptionalLong next = next(now);
		return next.isPresent() && next.getAsLong() - now <= 0;
	}

	/** The endpoint refused our request in a way that says nothing about its health. */
	void refused() {
		this.refused = true;
	}

	/** The breaker closed: the next outage is another one. */
	void closed() {
		this.refused = false;
		update();
	}

	/** Something changed: looks when the next probe is due. */
	void update() {
		if (!active()) {
			return;
		}
		long now = this.context.now();
		OptionalLong next = next(now);
		this.timer.update(next.isPresent() ? schedule(next.getAsLong() - now) : Disposables.disposed());
	}

	private Disposable schedule(long delay) {
		return this.context.scheduler().schedule(this::probe, Math.max(0, delay), TimeUnit.NANOSECONDS);
	}

	/** When a probe may start, if that can be foreseen. */
	private OptionalLong next(long now) {
		Phase phase = this.breaker.phase();
		if (!phase.troubled()) {
			return OptionalLong.empty();
		}
		OperatorDecision.Disabling disabling = this.membership.decisions().disablingAt(now);
		if (disabling != null) {
			Duration remaining = disabling.remaining();
			return (remaining != null) ? OptionalLong.of(now + Nanos.of(remaining)) : OptionalLong.empty();
		}
		CoolDownTimer.Period coolDown = this.coolDowns.at(now);
		if (coolDown != null) {
			return OptionalLong.of(coolDown.until());
		}
		long early = phase.is(State.OPEN) ? this.lead : 0;
		return OptionalLong.of(phase.availability(now + early).available() ? now : phase.until() - early);
	}

	private void probe() {
		long now = this.context.now();
		if (!active() || !wantedLately(now)) {
			return;
		}
		if (!due(now)) {
			again(now);
		}
		else if (this.membership.mayProbe(now)) {
			send();
		}
		else if (this.breaker.phase().is(State.OPEN) && !this.breaker.phase().reached(now)) {
			// The others agree on who probes when the wait is over, not before.
			this.timer.update(schedule(this.breaker.phase().until() - now));
		}
		else {
			this.membership.wanted(now);
			this.membership.probeDecision().subscribe(null, null, () -> {
				if (this.membership.mayProbe(this.context.now())) {
					send();
				}
			});
		}
	}

	/** The timer came early, or something put the probe off meanwhile. */
	private void again(long now) {
		OptionalLong next = next(now);
		this.timer.update(next.isPresent() ? schedule(Math.max(next.getAsLong() - now, SHORTEST_PAUSE_NANOS))
				: Disposables.disposed());
	}

	private boolean wantedLately(long now) {
		Long latest = this.wantedAt;
		return latest != null && now - latest <= WANTED_NANOS;
	}

	private void send() {
		Runnable current = this.prober;
		if (current != null) {
			current.run();
		}
	}

	@Override
	public void close() {
		this.timer.dispose();
	}

}
