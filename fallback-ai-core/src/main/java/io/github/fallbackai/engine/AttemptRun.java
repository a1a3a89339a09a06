// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.engine.timing.AttemptClock;
import io.github.fallbackai.engine.timing.AttemptWatch;
import io.github.fallbackai.engine.timing.WatchedFlux;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * One request to one endpoint, from permit to outcome.
 */
final class AttemptRun {

	private final int number;

	private final AttemptEnd end;

	private final AttemptClock clock;

	private final Continuation continuation;

	private final Answer answer = new Answer();

	private volatile boolean contentSeen;

	private volatile @Nullable AttemptWatch watch;

	AttemptRun(int number, AttemptEnd end, AttemptClock clock, Continuation continuation) {
		this.number = number;
		this.end = end;
		this.clock = clock;
		this.continuation = continuation;
	}

	int number() {
		return this.number;
	}

	Candidate candidate() {
		return this.end.candidate();
	}

	Permit permit() {
		return this.end.permit();
	}

	Answer answer() {
		return this.answer;
	}

	AttemptClock clock() {
		return this.clock;
	}

	/** Whether the request left. It did not if the attempt came too late for its race. */
	boolean sent() {
		return this.end.bill().wasSent();
	}

	/** Whether the model generated anything. */
	boolean contentSeen() {
		return this.contentSeen;
	}

	/** The request that is sent: the caller's, or its continuation. */
	ChatRequest request() {
		return this.continuation.request();
	}

	boolean prefilled() {
		return this.continuation.prefilled();
	}

	/** The model as the provider named it, else the model asked for. */
	String model() {
		String model = this.answer.model();
		return (model != null) ? model : candidate().endpoint().model();
	}

	/**
	 * Sends the request and emits the answer's events. Fails with
	 * {@link EndpointException} only.
	 */
	Flux<EndpointEvent> events(EndpointRequest request) {
		Flux<EndpointEvent> watched = new WatchedFlux<EndpointEvent>(Flux.defer(() -> send(request)), this::watch)
			.doOnNext(this::note);
		return this.continuation.withoutRepetition(watched, this.clock.scheduler())
			.doOnNext(this.answer::add)
			.concatWith(Flux.defer(this::verifyComplete))
			.onErrorMap((error) -> !(error instanceof EndpointException), AttemptRun::local)
			.contextWrite(this.end.observer()::requestContext);
	}

	private AttemptWatch watch(CoreSubscriber<? super EndpointEvent> subscriber) {
		AttemptWatch created = new AttemptWatch(subscriber, this.clock);
		this.watch = created;
		if (ended() != null) {
			created.cancel();
		}
		return created;
	}

	private Flux<EndpointEvent> send(EndpointRequest request) {
		if (ended() != null) {
			return Flux.never();
		}
		this.end.bill().sent();
		try {
			return candidate().client().exchange(request);
		}
		catch (LinkageError ex) {
			// Reactor would throw it at the code that happens to run this.
			return Flux.error(local(ex));
		}
	}

	private void note(EndpointEvent event) {
		if (event instanceof EndpointEvent.Accepted accepted && accepted.exhaustedFor() != null) {
			permit().exhausted(accepted.exhaustedFor());
		}
		if (event.progress() && !this.contentSeen) {
			this.contentSeen = true;
			long after = this.clock.firstContentAfter();
			candidate().experience().firstContentAfter(after);
			permit().firstContent(Duration.ofNanos(after));
		}
	}

	private Flux<EndpointEvent> verifyComplete() {
		if (this.answer.finished() == null) {
			return Flux.error(new EndpointException(failure(FailureKind.CONNECTION_LOST).build()));
		}
		boolean nothingLeft = this.answer.finishedWith(FinishReason.STOP) && this.continuation.mayBeWhole();
		if (!this.answer.empty(request().options().itemFormats()) || nothingLeft || request().readsPromptOnly()) {
			return Flux.empty();
		}
		if (this.answer.finishedWith(FinishReason.CONTENT_FILTER)) {
			return Flux.error(new EndpointException(
					failure(FailureKind.CONTENT_FILTERED).replaySafety(ReplaySafety.REFUSED).build()));
		}
		Failure.Builder empty = failure(FailureKind.EMPTY_RESPONSE);
		boolean otherClientsSeeIt = !this.answer.empty(null);
		if (this.answer.finishedWith(FinishReason.LENGTH) || otherClientsSeeIt) {
			empty.notTheEndpointsFault();
		}
		return Flux.error(new EndpointException(empty.build()));
	}

	/**
	 * Whether the caller refuses the whole answer.
	 * @param accept the caller's check
	 * @param response the answer as the caller would get it
	 * @return how the attempt fails, {@code null} if the caller accepts the answer
	 */
	@Nullable Failure refusal(Predicate<ChatResponse> accept, ChatResponse response) {
		try {
			return accept.test(response) ? null : failure(FailureKind.REJECTED).notTheEndpointsFault().build();
		}
		catch (RuntimeException | LinkageError ex) {
			return failure(FailureKind.REJECTED).notTheEndpointsFault().cause(ex).build();
		}
	}

	/** How the attempt fails if a refusal is a failure. */
	Failure declined() {
		return failure(FailureKind.REFUSED).notTheEndpointsFault().build();
	}

	private Failure.Builder failure(FailureKind kind) {
		return Failure.of(kind).httpStatus(this.answer.httpStatus()).requestId(this.answer.requestId());
	}

	private static EndpointException local(Throwable error) {
		return new EndpointException(
				Failure.of(FailureKind.LOCAL).replaySafety(ReplaySafety.NOT_PROCESSED).cause(error).build());
	}

	/** How the attempt ended, {@code null} while it runs. */
	@Nullable Attempt ended() {
		return this.end.reached();
	}

	/** Closes the attempt as succeeded, unless it has ended before. */
	@Nullable Attempt succeeded() {
		return end(AttemptOutcome.SUCCEEDED, null, this::works);
	}

	/** Closes the attempt as failed, unless it has ended before. */
	@Nullable Attempt failed(Failure failure) {
		return end(AttemptOutcome.FAILED, failure, (permit) -> permit.failed(failure));
	}

	/**
	 * Closes the attempt without a verdict, unless it has ended before. The request ends
	 * with it, even if its subscriber never receives the cancellation.
	 */
	@Nullable Attempt abandoned(AttemptOutcome outcome) {
		return end(outcome, null, (permit) -> {
			cancelRequest();
			permit.released();
		});
	}

	/** The call does not need the attempt any more, which goes on in the background. */
	void watched() {
		this.end.observer().watched(attempt(AttemptOutcome.OVERTAKEN, null));
	}

	/** Closes a watched attempt whose endpoint works. */
	void overtakenButWorks() {
		end(AttemptOutcome.OVERTAKEN, null, this::works);
	}

	/** Closes a watched attempt whose endpoint failed. */
	void overtakenAndFailed(Failure failure) {
		end(AttemptOutcome.OVERTAKEN, failure, (permit) -> permit.failed(failure));
	}

	private void works(Permit permit) {
		candidate().experience().answered();
		permit.succeeded();
	}

	private void cancelRequest() {
		AttemptWatch current = this.watch;
		if (current != null) {
			current.cancel();
		}
	}

	private @Nullable Attempt end(AttemptOutcome outcome, @Nullable Failure failure, Consumer<Permit> verdict) {
		Attempt attempt = attempt(outcome, failure);
		Failure told = (outcome == AttemptOutcome.FAILED) ? failure : null;
		return this.end.reach(attempt, told, verdict) ? attempt : null;
	}

	/** The attempt as if it succeeded now. */
	Attempt standing() {
		return attempt(AttemptOutcome.SUCCEEDED, null);
	}

	/** The attempt as it stands. */
	private Attempt attempt(AttemptOutcome outcome, @Nullable Failure failure) {
		Integer status = (failure != null && failure.httpStatus() != null) ? failure.httpStatus()
				: this.answer.httpStatus();
		String requestId = (failure != null && failure.requestId() != null) ? failure.requestId()
				: this.answer.requestId();
		long firstContent = this.clock.firstContentAfter();
		return Attempt.builder()
			.number(this.number)
			.endpoint(candidate().name())
			.model(model())
			.outcome(outcome)
			.failure((failure != null && outcome == AttemptOutcome.FAILED) ? failure.kind() : null)
			.httpStatus(status)
			.providerCode((failure != null) ? failure.providerCode() : null)
			.providerRequestId(requestId)
			.duration(Duration.ofNanos(this.clock.elapsed()))
			.timeToFirstContent((firstContent < 0) ? null : Duration.ofNanos(firstContent))
			.usage(this.answer.usage())
			.cost(this.end.bill().cost(this.answer, failure))
			.tokens(this.end.bill().tokens(this.answer, failure))
			.reconnected(this.answer.reconnected())
			.corrections(this.answer.corrections())
			.choice(this.end.observer().choice())
			.build();
	}

}
