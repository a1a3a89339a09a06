package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.fallbackai.client.EndpointEvent;
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
 * content decides who leads; the other one is cancelled. Fails when the leader fails, or
 * when nobody is left.
 */
final class HedgeRace implements Turn {

	private final Contender first;

	private final Supplier<@Nullable Contender> backup;

	private final Predicate<Failure> fatal;

	private final Duration delay;

	private final Scheduler scheduler;

	private final List<Contender> running = new ArrayList<>(2);

	/** Those whose end was judged, and maybe not told for want of demand. */
	private final List<Unfinished> judged = new ArrayList<>(2);

	private final Sinks.Empty<Void> joinNoMore = Sinks.empty();

	private final Sinks.Empty<Void> firstStopped = Sinks.empty();

	private final Sinks.Empty<Void> backupStopped = Sinks.empty();

	private volatile AttemptRun leader;

	private boolean decided;

	private boolean stopped;

	/**
	 * Creates a race.
	 * @param first the attempt that starts at once
	 * @param backup starts the second attempt, or returns {@code null} if there is none
	 * to start
	 * @param fatal failures of the first attempt that no other endpoint would spare the
	 * call
	 * @param delay how long nothing may have come before the second attempt starts
	 * @param scheduler clock and timers
	 */
	HedgeRace(Contender first, Supplier<@Nullable Contender> backup, Predicate<Failure> fatal, Duration delay,
			Scheduler scheduler) {
		this.first = first;
		this.leader = first.run();
		this.backup = backup;
		this.fatal = fatal;
		this.delay = delay;
		this.scheduler = scheduler;
		this.running.add(first);
	}

	@Override
	public AttemptRun leader() {
		return this.leader;
	}

	@Override
	public synchronized List<Unfinished> stop() {
		this.stopped = true;
		List<Unfinished> unfinished = new ArrayList<>(this.judged);
		this.running.forEach((contender) -> unfinished.add(Unfinished.cancelled(contender.run())));
		return unfinished;
	}

	@Override
	public Flux<RaceSignal> signals() {
		Flux<Arrival> joining = Mono.delay(Nanos.bounded(this.delay), this.scheduler)
			.takeUntilOther(this.joinNoMore.asMono())
			.flatMapMany((tick) -> join());
		return Flux.merge(arrivals(this.first, this.firstStopped), joining)
			.concatMapIterable(this::judge, 1)
			.takeUntil(RaceSignal.Over.class::isInstance)
			.handle((signal, sink) -> {
				if (!(signal instanceof RaceSignal.Over over)) {
					sink.next(signal);
				}
				else if (over.failure() != null) {
					sink.error(new EndpointException(over.failure()));
				}
			});
	}

	private Flux<Arrival> join() {
		Contender contender = this.backup.get();
		if (contender == null) {
			return Flux.empty();
		}
		synchronized (this) {
			if (this.stopped || this.decided) {
				contender.run().abandoned(AttemptOutcome.CANCELLED);
				return Flux.empty();
			}
			this.running.add(contender);
		}
		return Flux.concat(Flux.just(new Arrival(contender, null, null, true)),
				arrivals(contender, this.backupStopped));
	}

	private static Flux<Arrival> arrivals(Contender contender, Sinks.Empty<Void> stopped) {
		return contender.events()
			.map((event) -> new Arrival(contender, event, null, false))
			.concatWith(Mono.fromSupplier(() -> new Arrival(contender, null, null, false)))
			.onErrorResume(EndpointException.class,
					(error) -> Mono.just(new Arrival(contender, null, error.failure(), false)))
			.takeUntilOther(stopped.asMono());
	}

	private synchronized List<RaceSignal> judge(Arrival arrival) {
		Contender contender = arrival.contender();
		if (arrival.joins()) {
			return List.of(new RaceSignal.Joined(contender.run()));
		}
		if (!this.running.contains(contender)) {
			return List.of();
		}
		if (arrival.failure() != null) {
			return failed(contender, arrival.failure());
		}
		EndpointEvent event = arrival.event();
		List<RaceSignal> signals = new ArrayList<>(3);
		if (!this.decided && (event == null || event.progress())) {
			lead(contender, signals);
		}
		if (event == null) {
			signals.add(new RaceSignal.Over(contender.run(), null));
		}
		else if (this.decided) {
			signals.add(new RaceSignal.Received(contender.run(), event));
		}
		return signals;
	}

	private List<RaceSignal> failed(Contender contender, Failure failure) {
		List<RaceSignal> signals = new ArrayList<>(2);
		boolean fatal = contender == this.first && this.fatal.test(failure);
		if (!this.decided && !fatal && this.running.size() > 1) {
			this.running.remove(contender);
			this.judged.add(new Unfinished(contender.run(), AttemptOutcome.FAILED, failure));
			this.leader = this.running.get(0).run();
			signals.add(new RaceSignal.DroppedOut(contender.run(), failure, this.leader));
			return signals;
		}
		if (!this.decided) {
			lead(contender, signals);
		}
		signals.add(new RaceSignal.Over(contender.run(), failure));
		return signals;
	}

	private void lead(Contender contender, List<RaceSignal> signals) {
		this.decided = true;
		this.leader = contender.run();
		this.joinNoMore.tryEmitEmpty();
		for (Contender other : List.copyOf(this.running)) {
			if (other != contender) {
				this.running.remove(other);
				other.overtaken();
				if (!other.watched()) {
					this.judged.add(new Unfinished(other.run(), AttemptOutcome.OVERTAKEN, null));
				}
				((other == this.first) ? this.firstStopped : this.backupStopped).tryEmitEmpty();
				other.unseen();
				signals.add(new RaceSignal.Overtaken(other.run(), other.watched()));
			}
		}
	}

	private record Arrival(Contender contender, @Nullable EndpointEvent event, @Nullable Failure failure,
			boolean joins) {

	}

}
