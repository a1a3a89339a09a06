// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happens in the turns of one call into what its caller receives.
 */
final class TurnEvents {

	private final CallState call;

	/** The annotations that the caller got in their places. */
	private final Set<Annotation> annotations = new HashSet<>();

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

	/**
	 * Something happens in a turn.
	 * @return what the caller is told, {@code null} for nothing
	 */
	@Nullable ChatEvent accept(RaceSignal signal) {
		if (signal instanceof RaceSignal.Received received) {
			this.leader = received.run();
			received.run().answer().told(received.event());
			return delivered(received.event());
		}
		if (signal instanceof RaceSignal.Joined joined) {
			return started(joined.run());
		}
		return (signal instanceof RaceSignal.DroppedOut out) ? droppedOut(out) : null;
	}

	private @Nullable ChatEvent delivered(EndpointEvent event) {
		if (event.progress()) {
			this.call.deadline().progress();
		}
		if (this.call.delivery().delivers(event)) {
			this.call.transcript().delivered(event);
			return this.call.delivery().visible(event);
		}
		if (event instanceof EndpointEvent.Annotated annotated && this.call.delivery() == Delivery.RELAY
				&& !this.call.transcript().holdsNoAnswer() && this.annotations.add(annotated.annotation())) {
			return new ChatEvent.AnnotationReady(annotated.annotation());
		}
		return null;
	}

	private @Nullable ChatEvent droppedOut(RaceSignal.DroppedOut out) {
		Attempt attempt = out.run().ended();
		if (attempt == null || attempt.failure() == null || !out.run().equals(this.leader)) {
			return null;
		}
		this.leader = out.remaining();
		return switched(attempt, attempt.failure(), out.remaining().candidate(), false);
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
		if (this.call.delivery().annotated()) {
			response.annotations()
				.stream()
				.filter((annotation) -> !this.annotations.contains(annotation))
				.forEach((annotation) -> events.add(new ChatEvent.AnnotationReady(annotation)));
		}
		events.add(new ChatEvent.Completed(response));
		return events;
	}

	/**
	 * The answer of an earlier attempt is the only one, and the caller has nothing of it.
	 */
	List<ChatEvent> refused(AttemptRun run, ChatResponse response) {
		this.leader = run;
		List<ChatEvent> events = new ArrayList<>(completed(response));
		if (this.call.delivery() != Delivery.WHOLE && !response.text().isEmpty()) {
			events.add(0, new ChatEvent.ContentDelta(response.text()));
		}
		return events;
	}

	private static ChatEvent started(AttemptRun run) {
		return new ChatEvent.AttemptStarted(run.number(), run.candidate().name(), run.candidate().endpoint().model());
	}

}
