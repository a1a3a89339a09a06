// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Lets a second attempt join when nothing came from the first for a while. The first
 * content decides which one leads; the other one is cancelled. Fails when the leader
 * fails, or when no attempt is left.
 */
final class HedgeRace implements Turn.Running {

	private final Contender first;

	private final Supplier<Optional<Contender>> backup;

	private final Predicate<Failure> fatal;

	private final Duration delay;

	private final Scheduler scheduler;

	private final List<Contender> racing = new ArrayList<>(2);

	private final Sinks.Empty<Void> joinNoMore = Sinks.empty();

	private volatile AttemptRun leader;

	private boolean decided;

	/**
	 * Creates a race.
	 * @param first the attempt that starts at once
	 * @param backup starts the second attempt, if there is one to start
	 * @param fatal failures of the first attempt after which another endpoint would not
	 * help
	 * @param delay time without content after which the second attempt starts
	 * @param scheduler clock and timers
	 */
	HedgeRace(Contender first, Supplier<Optional<Contender>> backup, Predicate<Failure> fatal, Duration delay,
			Scheduler scheduler) {
		this.first = first;
		this.leader = first.run();
		this.backup = backup;
		this.fatal = fatal;
		this.delay = delay;
		this.scheduler = scheduler;
		this.racing.add(first);
	}

	@Override
	public AttemptRun leader() {
		return this.leader;
	}

	@Override
	public Flux<RaceSignal> signals() {
		Flux<Arrival> joining = Mono.delay(Nanos.bounded(this.delay), this.scheduler)
			.takeUntilOther(this.joinNoMore.asMono())
			.flatMapMany((tick) -> join());
		return new MapNotNull<>(Flux.merge(this.first.arrivals(), joining)
			.concatMapIterable(this::judge, 1)
			.takeUntil(RaceSignal.Decided.class::isInstance), HedgeRace::passedOn);
	}

	private static @Nullable RaceSignal passedOn(RaceSignal signal) {
		if (signal instanceof RaceSignal.Lost lost) {
			throw new EndpointException(lost.failure());
		}
		return (signal instanceof RaceSignal.Decided) ? null : signal;
	}

	private Flux<Arrival> join() {
		return this.backup.get().filter(this::enter).map((contender) -> {
			Flux<Arrival> joins = Flux.just(new Arrival.Joins(contender));
			return joins.concatWith(contender.arrivals());
		}).orElseGet(Flux::empty);
	}

	private boolean enter(Contender contender) {
		boolean inTime = add(contender);
		if (!inTime) {
			contender.run().abandoned(AttemptOutcome.OVERTAKEN);
		}
		return inTime;
	}

	private synchronized boolean add(Contender contender) {
		return !this.decided && this.racing.add(contender);
	}

	/** Ends attempts outside of the lock, because listeners are told. */
	private List<RaceSignal> judge(Arrival arrival) {
		List<Contender> overtaken = new ArrayList<>(1);
		List<RaceSignal> signals = signals(arrival, overtaken);
		overtaken.forEach(Contender::overtake);
		for (RaceSignal signal : signals) {
			if (signal instanceof RaceSignal.DroppedOut out) {
				out.run().failed(out.failure());
			}
		}
		return signals;
	}

	private synchronized List<RaceSignal> signals(Arrival arrival, List<Contender> overtaken) {
		Contender contender = arrival.contender();
		if (!this.racing.contains(contender)) {
			return List.of();
		}
		if (arrival instanceof Arrival.Joins) {
			return List.of(new RaceSignal.Joined(contender.run()));
		}
		if (arrival instanceof Arrival.Event received) {
			return received(received, overtaken);
		}
		if (arrival instanceof Arrival.Failed failed) {
			return failed(contender, failed.failure(), overtaken);
		}
		lead(contender, overtaken);
		List<RaceSignal> signals = held(contender);
		signals.add(new RaceSignal.Won());
		return signals;
	}

	/** What was kept until the contender leads. */
	private static List<RaceSignal> held(Contender contender) {
		List<RaceSignal> signals = new ArrayList<>(1);
		contender.takeHeld().forEach((event) -> signals.add(new RaceSignal.Received(contender.run(), event)));
		return signals;
	}

	private List<RaceSignal> received(Arrival.Event received, List<Contender> overtaken) {
		Contender contender = received.contender();
		if (received.event().progress()) {
			lead(contender, overtaken);
		}
		if (!this.decided) {
			contender.hold(received.event());
			return List.of();
		}
		List<RaceSignal> signals = held(contender);
		signals.add(new RaceSignal.Received(contender.run(), received.event()));
		return signals;
	}

	private List<RaceSignal> failed(Contender contender, Failure failure, List<Contender> overtaken) {
		boolean fatal = contender == this.first && this.fatal.test(failure);
		if (!this.decided && !fatal && this.racing.size() > 1) {
			this.racing.remove(contender);
			this.leader = this.racing.get(0).run();
			return List.of(new RaceSignal.DroppedOut(contender.run(), failure, this.leader));
		}
		lead(contender, overtaken);
		return List.of(new RaceSignal.Lost(failure));
	}

	/**
	 * Makes a contender the leader, unless it leads already, and overtakes the other one.
	 */
	private void lead(Contender contender, List<Contender> overtaken) {
		if (this.decided) {
			return;
		}
		this.decided = true;
		this.leader = contender.run();
		this.joinNoMore.tryEmitEmpty();
		for (Contender other : this.racing) {
			if (other != contender) {
				overtaken.add(other);
			}
		}
		this.racing.removeAll(overtaken);
	}

}
