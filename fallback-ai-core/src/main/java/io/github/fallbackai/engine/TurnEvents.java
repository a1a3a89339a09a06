package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.engine.Turn.Ending;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.SynchronousSink;

/**
 * Turns what happens in the turns of one call into what its caller receives, and records
 * the attempts that end.
 */
final class TurnEvents {

	/** The kinds of failure with which an endpoint refuses the request itself. */
	private static final Set<FailureKind> REFUSALS = EnumSet.of(FailureKind.INVALID_REQUEST, FailureKind.UNSUPPORTED,
			FailureKind.REFUSED_UNEXPLAINED);

	private final CallState call;

	/** The attempt that answers or is asked; read by other threads, too. */
	private volatile @Nullable AttemptRun leader;

	TurnEvents(CallState call) {
		this.call = call;
	}

	@Nullable AttemptRun leader() {
		return this.leader;
	}

	/**
	 * An attempt starts.
	 * @param run the attempt
	 * @param step why it starts
	 * @return the events for the caller
	 */
	List<ChatEvent> begin(AttemptRun run, NextStep step) {
		this.leader = run;
		List<ChatEvent> events = new ArrayList<>(2);
		Attempt last = this.call.history().lastAttempt();
		if (last != null) {
			if (step.recovery() != null) {
				this.call.log().streamBroken(last, step.recovery());
			}
			FailureKind reason = last.failure();
			if (reason != null && (step.discards() || !last.endpoint().equals(run.candidate().name()))) {
				events.add(switched(last, reason, run.candidate(), step.discards()));
			}
		}
		events.add(started(run));
		return events;
	}

	/** Something happens in a turn. */
	void accept(RaceSignal signal, SynchronousSink<ChatEvent> caller) {
		if (signal instanceof RaceSignal.Received received) {
			this.leader = received.run();
			deliver(received.event(), caller);
		}
		else if (signal instanceof RaceSignal.Joined joined) {
			this.call.log().hedged(joined.run());
			caller.next(started(joined.run()));
		}
		else if (signal instanceof RaceSignal.DroppedOut out) {
			droppedOut(out.ending(), out.remaining(), caller);
		}
		else if (signal instanceof RaceSignal.Overtaken overtaken) {
			end(overtaken.ending());
		}
	}

	private void deliver(EndpointEvent event, SynchronousSink<ChatEvent> caller) {
		if (event.progress()) {
			this.call.deadline().progressBegins();
		}
		if (this.call.delivery().delivers(event)) {
			this.call.transcript().delivered(event);
			caller.next(this.call.delivery().visible(event));
		}
	}

	private void droppedOut(Ending ending, AttemptRun remaining, SynchronousSink<ChatEvent> caller) {
		Attempt attempt = end(ending);
		if (attempt != null && attempt.failure() != null && ending.run().equals(this.leader)) {
			this.leader = remaining;
			caller.next(switched(attempt, attempt.failure(), remaining.candidate(), false));
		}
	}

	/**
	 * Ends an attempt that does not decide the turn.
	 * @return the attempt, or {@code null} if it has ended before
	 */
	@Nullable Attempt end(Ending ending) {
		Attempt attempt = ending.close();
		if (attempt != null) {
			ended(ending.run(), attempt, ending.failure());
		}
		return attempt;
	}

	/** Records an attempt that has ended. */
	void ended(AttemptRun run, Attempt attempt, @Nullable Failure failure) {
		this.call.history().record(run.candidate(), attempt, failure);
		this.call.log().attemptEnded(run, attempt, failure);
		// A limit of one caller's account says nothing about the endpoint.
		if (failure != null && REFUSALS.contains(failure.kind()) && failure.account() == null) {
			refused(run.candidate(), failure);
		}
		else if (attempt.outcome() == AttemptOutcome.SUCCEEDED) {
			answered(run.candidate());
		}
	}

	private void refused(Candidate candidate, Failure failure) {
		if (candidate.refused(this.call.request(), failure)) {
			this.call.log().refusing(candidate, failure.kind());
		}
	}

	private void answered(Candidate candidate) {
		if (candidate.answered(this.call.request())) {
			this.call.log().accepting(candidate);
		}
		this.call.history().refusals().forEach((other, failure) -> {
			if (!other.equals(candidate) && other.answeredElsewhere()) {
				this.call.log().refusing(other, failure.kind());
			}
		});
	}

	private ChatEvent switched(Attempt from, FailureKind reason, Candidate to, boolean discard) {
		this.call.log().switched(from, to, this.call.history().lastFailure());
		return new ChatEvent.EndpointSwitched(from.endpoint(), to.name(), to.endpoint().model(), reason, discard);
	}

	/**
	 * The answer is complete. Events that belong to no position in it come at its end.
	 */
	List<ChatEvent> completed(ChatResponse response) {
		List<ChatEvent> events = new ArrayList<>(1);
		if (this.call.delivery() == Delivery.EVENTS || this.call.delivery() == Delivery.RELAY) {
			response.annotations().forEach((annotation) -> events.add(new ChatEvent.AnnotationReady(annotation)));
		}
		events.add(new ChatEvent.Completed(response));
		return events;
	}

	private static ChatEvent started(AttemptRun run) {
		return new ChatEvent.AttemptStarted(run.number(), run.candidate().name(), run.candidate().endpoint().model());
	}

}
