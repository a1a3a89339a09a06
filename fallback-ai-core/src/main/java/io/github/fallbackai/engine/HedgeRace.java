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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;
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

	/**
	 * The ends of attempts that left the race. Without demand, they may not have been
	 * told yet.
	 */
	private final List<Ending> endings = new ArrayList<>(2);

	private final Sinks.Empty<Void> joinNoMore = Sinks.empty();

	private volatile AttemptRun leader;

	private boolean decided;

	private boolean stopped;

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
	public synchronized List<Ending> stop() {
		this.stopped = true;
		List<Ending> all = new ArrayList<>(this.endings);
		this.racing.forEach((contender) -> all.add(Ending.cancelled(contender.run())));
		return all;
	}

	@Override
	public Flux<RaceSignal> signals() {
		Flux<Arrival> joining = Mono.delay(Nanos.bounded(this.delay), this.scheduler)
			.takeUntilOther(this.joinNoMore.asMono())
			.flatMapMany((tick) -> join());
		return Flux.merge(this.first.arrivals(), joining)
			.concatMapIterable(this::judge, 1)
			.takeUntil(RaceSignal.Decided.class::isInstance)
			.handle(HedgeRace::pass);
	}

	private static void pass(RaceSignal signal, SynchronousSink<RaceSignal> sink) {
		if (signal instanceof RaceSignal.Lost lost) {
			sink.error(new EndpointException(lost.failure()));
		}
		else if (!(signal instanceof RaceSignal.Decided)) {
			sink.next(signal);
		}
	}

	private Flux<Arrival> join() {
		return this.backup.get().filter(this::enter).map((contender) -> {
			Flux<Arrival> joins = Flux.just(new Arrival.Joins(contender));
			return joins.concatWith(contender.arrivals());
		}).orElseGet(Flux::empty);
	}

	private synchronized boolean enter(Contender contender) {
		if (this.stopped || this.decided) {
			contender.run().abandoned(AttemptOutcome.CANCELLED);
			return false;
		}
		return this.racing.add(contender);
	}

	private synchronized List<RaceSignal> judge(Arrival arrival) {
		Contender contender = arrival.contender();
		if (arrival instanceof Arrival.Joins) {
			return List.of(new RaceSignal.Joined(contender.run()));
		}
		if (!this.racing.contains(contender)) {
			return List.of();
		}
		if (arrival instanceof Arrival.Event received) {
			return received(received);
		}
		return (arrival instanceof Arrival.Failed failed) ? failed(contender, failed.failure()) : completed(contender);
	}

	private List<RaceSignal> received(Arrival.Event received) {
		List<RaceSignal> signals = new ArrayList<>(2);
		if (received.event().progress()) {
			lead(received.contender(), signals);
		}
		if (this.decided) {
			signals.add(new RaceSignal.Received(received.contender().run(), received.event()));
		}
		return signals;
	}

	private List<RaceSignal> completed(Contender contender) {
		List<RaceSignal> signals = new ArrayList<>(2);
		lead(contender, signals);
		signals.add(new RaceSignal.Won());
		return signals;
	}

	private List<RaceSignal> failed(Contender contender, Failure failure) {
		boolean fatal = contender == this.first && this.fatal.test(failure);
		if (!this.decided && !fatal && this.racing.size() > 1) {
			this.racing.remove(contender);
			this.leader = this.racing.get(0).run();
			Ending ending = Ending.failed(contender.run(), failure);
			this.endings.add(ending);
			return List.of(new RaceSignal.DroppedOut(ending, this.leader));
		}
		List<RaceSignal> signals = new ArrayList<>(2);
		lead(contender, signals);
		signals.add(new RaceSignal.Lost(failure));
		return signals;
	}

	/**
	 * Makes a contender the leader, unless it leads already, and overtakes the other one.
	 */
	private void lead(Contender contender, List<RaceSignal> signals) {
		if (this.decided) {
			return;
		}
		this.decided = true;
		this.leader = contender.run();
		this.joinNoMore.tryEmitEmpty();
		for (Contender other : List.copyOf(this.racing)) {
			if (other != contender) {
				this.racing.remove(other);
				Ending ending = other.overtake();
				if (!ending.watched()) {
					this.endings.add(ending);
				}
				signals.add(new RaceSignal.Overtaken(ending));
			}
		}
	}

}
