// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.failure.AttemptOutcome;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One of two attempts that race. An overtaken attempt is cancelled and does not count for
 * its endpoint, unless it is watched. Probes are watched, and attempts at an endpoint
 * that lost many races in a row. A watched attempt goes on in the background until its
 * first content or its limit, and counts then. Otherwise hedging would hide a dead
 * endpoint.
 *
 * <pre>
 * READY ──sent──▶ RACING ──judged──▶ Judged ──overtaken──▶ CLOSED
 *   │                └────overtaken──▶ WATCHED ──judged──▶ CLOSED
 *   └──overtaken──▶ CLOSED
 * </pre>
 */
final class Contender {

	private final AttemptRun run;

	private final boolean watched;

	private final Flux<EndpointEvent> events;

	private final AtomicReference<State> state = new AtomicReference<>(Stage.READY);

	private final Sinks.Empty<Void> overtaken = Sinks.empty();

	private final List<EndpointEvent> held = new ArrayList<>(0);

	private final Disposable.Swap connection = Disposables.swap();

	Contender(AttemptRun run, Flux<EndpointEvent> events, int watchAfterLosses) {
		this.run = run;
		this.watched = run.permit().probe() || run.candidate().experience().overtakenInARow(watchAfterLosses);
		this.events = this.watched ? shared(events) : events;
	}

	AttemptRun run() {
		return this.run;
	}

	/**
	 * Keeps what the caller gets only if this one leads. Called within the race's lock.
	 */
	void hold(EndpointEvent event) {
		if (event instanceof EndpointEvent.Noticed || event instanceof EndpointEvent.PartEnded
				|| event instanceof EndpointEvent.RefusalBegan) {
			this.held.add(event);
		}
	}

	/** What was kept. Called within the race's lock. */
	List<EndpointEvent> takeHeld() {
		List<EndpointEvent> taken = List.copyOf(this.held);
		this.held.clear();
		return taken;
	}

	/**
	 * The signals of the attempt for the race: its events and its end, until it is
	 * overtaken.
	 */
	Flux<Arrival> arrivals() {
		return this.events.<Arrival>map((event) -> new Arrival.Event(this, event))
			.concatWith(Mono.fromSupplier(() -> new Arrival.Completed(this)))
			.onErrorResume(EndpointException.class, (error) -> Mono.just(new Arrival.Failed(this, error.failure())))
			.takeUntilOther(this.overtaken.asMono())
			.onErrorResume((error) -> inRace() ? Mono.error(error) : Mono.empty());
	}

	/**
	 * The other attempt leads. The race gets no more signals of this one, which ends
	 * unless it is watched.
	 */
	void overtake() {
		if (this.run.sent() && !this.run.contentSeen()) {
			this.run.candidate().experience().overtakenWithoutContent();
		}
		State before = this.state
			.getAndUpdate((now) -> (this.watched && now == Stage.RACING) ? Stage.WATCHED : Stage.CLOSED);
		this.overtaken.tryEmitEmpty();
		if (before instanceof Judged judged) {
			close(judged.verdict());
		}
		else if (this.watched && before == Stage.RACING) {
			this.run.watched();
		}
		else {
			this.run.abandoned(AttemptOutcome.OVERTAKEN);
		}
	}

	private boolean inRace() {
		State now = this.state.get();
		return now == Stage.READY || now == Stage.RACING || now instanceof Judged;
	}

	private Flux<EndpointEvent> shared(Flux<EndpointEvent> source) {
		return Flux.deferContextual((context) -> {
			if (!this.state.compareAndSet(Stage.READY, Stage.RACING)) {
				return Flux.empty();
			}
			// Otherwise the context would be that of the first subscriber, which is the
			// one for the verdict.
			Flux<EndpointEvent> shared = source.contextWrite(context)
				.publish(1)
				.autoConnect(2, this.connection::update);
			shared.takeUntil(EndpointEvent::progress).subscribe((event) -> {
			}, this::failed, () -> judge(AttemptRun::overtakenButWorks));
			return shared.doOnCancel(this::disconnectUnlessWatched);
		});
	}

	private void disconnectUnlessWatched() {
		if (this.state.get() != Stage.WATCHED) {
			this.connection.dispose();
		}
	}

	private void failed(Throwable error) {
		if (error instanceof EndpointException exception) {
			judge((run) -> run.overtakenAndFailed(exception.failure()));
		}
		else {
			judge((run) -> run.abandoned(AttemptOutcome.OVERTAKEN));
		}
	}

	/** It is clear whether the endpoint works. */
	private void judge(Consumer<AttemptRun> verdict) {
		State before = this.state.getAndUpdate(
				(now) -> (now == Stage.RACING) ? new Judged(verdict) : (now == Stage.WATCHED) ? Stage.CLOSED : now);
		if (before == Stage.WATCHED) {
			close(verdict);
		}
	}

	private void close(Consumer<AttemptRun> verdict) {
		verdict.accept(this.run);
		this.connection.dispose();
	}

	/**
	 * Where a contender stands.
	 */
	private sealed interface State permits Stage, Judged {

	}

	private enum Stage implements State {

		/**
		 * In the race. The attempt is not watched, or its request has not left: then
		 * there would be nothing to watch.
		 */
		READY,

		/** In the race. It is not known yet whether the endpoint works. */
		RACING,

		/** Out of the race. It goes on until it is clear whether the endpoint works. */
		WATCHED,

		/** Out of the race, with nothing left to do. */
		CLOSED

	}

	/**
	 * In the race, and it is clear whether the endpoint works.
	 *
	 * @param verdict ends the attempt if it is overtaken
	 */
	private record Judged(Consumer<AttemptRun> verdict) implements State {

	}

}
