package io.github.fallbackai.engine;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.failure.AttemptOutcome;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/**
 * One of two attempts that race. Usually an overtaken attempt is cancelled and says
 * nothing about its endpoint. A watched one, a probe or an endpoint that lost many races
 * in a row, goes on unseen until its first content or its limit and is recorded then, so
 * that a dead endpoint cannot hide behind its hedges.
 */
final class Contender {

	private final AttemptRun run;

	private final Flux<EndpointEvent> events;

	private final boolean watched;

	private final Disposable.Swap connection = Disposables.swap();

	private volatile boolean overtaken;

	private volatile boolean unseen;

	private volatile boolean worked;

	private volatile @Nullable Throwable failure;

	Contender(AttemptRun run, Flux<EndpointEvent> events, int watchAfterLosses) {
		this.run = run;
		this.watched = run.permit().probe() || run.candidate().experience().overtakenInARow(watchAfterLosses);
		this.events = this.watched ? shared(events) : events;
	}

	AttemptRun run() {
		return this.run;
	}

	boolean watched() {
		return this.watched;
	}

	Flux<EndpointEvent> events() {
		return this.events;
	}

	void overtaken() {
		this.overtaken = true;
		if (!this.run.contentSeen()) {
			this.run.candidate().experience().overtakenWithoutContent();
		}
	}

	private Flux<EndpointEvent> shared(Flux<EndpointEvent> source) {
		return Flux.deferContextual((context) -> {
			// The first subscriber, whose context it would be otherwise, is the
			// verdict's.
			Flux<EndpointEvent> shared = source.contextWrite(context)
				.publish(1)
				.autoConnect(2, this.connection::update);
			shared.takeUntil(EndpointEvent::progress).subscribe((event) -> {
			}, this::failed, this::worked);
			return shared.doOnCancel(this::disconnectUnlessWatched);
		});
	}

	private void disconnectUnlessWatched() {
		if (!this.overtaken) {
			this.connection.dispose();
		}
	}

	/** Nobody looks at the events any more: from now on a verdict ends the attempt. */
	void unseen() {
		this.unseen = true;
		conclude();
	}

	private void worked() {
		this.worked = true;
		conclude();
	}

	private void failed(Throwable error) {
		this.failure = error;
		conclude();
	}

	/**
	 * The verdict may come before or after the race is lost; whoever comes second ends
	 * the attempt.
	 */
	private void conclude() {
		Throwable error = this.failure;
		if (!this.unseen || (!this.worked && error == null)) {
			return;
		}
		if (error instanceof EndpointException exception) {
			this.run.failed(exception.failure());
		}
		else if (error != null) {
			this.run.abandoned(AttemptOutcome.OVERTAKEN);
		}
		else {
			this.run.succeeded();
		}
		this.connection.dispose();
	}

}
