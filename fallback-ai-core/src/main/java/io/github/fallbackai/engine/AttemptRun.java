package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.resume.Continuation;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * One request to one endpoint, from permit to outcome.
 */
final class AttemptRun {

	private final int number;

	private final Candidate candidate;

	private final Permit permit;

	private final Bill bill;

	private final AttemptClock clock;

	private final Continuation continuation;

	private final Answer answer = new Answer();

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile boolean contentSeen;

	private volatile @Nullable AttemptWatch watch;

	AttemptRun(int number, Candidate candidate, Permit permit, Bill bill, AttemptClock clock,
			Continuation continuation) {
		this.number = number;
		this.candidate = candidate;
		this.permit = permit;
		this.bill = bill;
		this.clock = clock;
		this.continuation = continuation;
	}

	int number() {
		return this.number;
	}

	Candidate candidate() {
		return this.candidate;
	}

	Permit permit() {
		return this.permit;
	}

	Answer answer() {
		return this.answer;
	}

	AttemptClock clock() {
		return this.clock;
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
		return (model != null) ? model : this.candidate.endpoint().model();
	}

	/**
	 * Sends the request and emits the answer's events. Fails with
	 * {@link EndpointException} only.
	 */
	Flux<EndpointEvent> events(EndpointRequest request) {
		Flux<EndpointEvent> watched = Flux.defer(() -> send(request))
			.transform(Operators.<EndpointEvent, EndpointEvent>lift((scannable, actual) -> watch(actual)))
			.doOnNext(this::note);
		return this.continuation.withoutRepetition(watched, this.clock.scheduler())
			.doOnNext(this.answer::add)
			.concatWith(Flux.defer(this::verifyComplete))
			.onErrorMap((error) -> !(error instanceof EndpointException), AttemptRun::local);
	}

	private AttemptWatch watch(CoreSubscriber<? super EndpointEvent> subscriber) {
		AttemptWatch created = new AttemptWatch(subscriber, this.clock);
		this.watch = created;
		if (this.ended.get()) {
			created.cancel();
		}
		return created;
	}

	private Flux<EndpointEvent> send(EndpointRequest request) {
		this.bill.sent();
		try {
			return this.candidate.client().exchange(request);
		}
		catch (LinkageError ex) {
			// Reactor would throw it at the code that happens to run this.
			return Flux.error(local(ex));
		}
	}

	private void note(EndpointEvent event) {
		if (event instanceof EndpointEvent.Accepted accepted && accepted.exhaustedFor() != null) {
			this.permit.exhausted(accepted.exhaustedFor());
		}
		if (event.progress() && !this.contentSeen) {
			this.contentSeen = true;
			long after = this.clock.firstContentAfter();
			this.candidate.experience().firstContentAfter(after);
			this.permit.firstContent(Duration.ofNanos(after));
		}
	}

	private Flux<EndpointEvent> verifyComplete() {
		if (this.answer.finished() == null) {
			return Flux.error(new EndpointException(failure(FailureKind.CONNECTION_LOST).build()));
		}
		boolean nothingLeft = this.answer.finishedWith(FinishReason.STOP) && this.continuation.mayBeWhole();
		if (!this.answer.empty() || nothingLeft) {
			return Flux.empty();
		}
		if (this.answer.finishedWith(FinishReason.CONTENT_FILTER)) {
			return Flux.error(new EndpointException(
					failure(FailureKind.CONTENT_FILTERED).replaySafety(ReplaySafety.REFUSED).build()));
		}
		Failure.Builder empty = failure(FailureKind.EMPTY_RESPONSE);
		if (this.answer.finishedWith(FinishReason.LENGTH)) {
			empty.notTheEndpointsFault();
		}
		return Flux.error(new EndpointException(empty.build()));
	}

	private Failure.Builder failure(FailureKind kind) {
		return Failure.of(kind).httpStatus(this.answer.httpStatus()).requestId(this.answer.requestId());
	}

	private static EndpointException local(Throwable error) {
		return new EndpointException(
				Failure.of(FailureKind.LOCAL).replaySafety(ReplaySafety.NOT_PROCESSED).cause(error).build());
	}

	/** Closes the attempt as succeeded, unless it has ended before. */
	@Nullable Attempt succeeded() {
		if (!this.ended.compareAndSet(false, true)) {
			return null;
		}
		Attempt attempt = attempt(AttemptOutcome.SUCCEEDED, null);
		this.permit.succeeded();
		this.bill.settle(attempt.cost());
		this.candidate.callNext();
		this.candidate.experience().answered();
		return attempt;
	}

	/** Closes the attempt as failed, unless it has ended before. */
	@Nullable Attempt failed(Failure failure) {
		if (!this.ended.compareAndSet(false, true)) {
			return null;
		}
		Attempt attempt = attempt(AttemptOutcome.FAILED, failure);
		this.permit.failed(failure);
		this.bill.settle(attempt.cost());
		this.candidate.callNext();
		return attempt;
	}

	/**
	 * Closes the attempt without a verdict, unless it has ended before. The request ends
	 * with it, even if its subscriber never receives the cancellation.
	 */
	@Nullable Attempt abandoned(AttemptOutcome outcome) {
		if (!this.ended.compareAndSet(false, true)) {
			return null;
		}
		AttemptWatch current = this.watch;
		if (current != null) {
			current.cancel();
		}
		Attempt attempt = attempt(outcome, null);
		this.permit.released();
		this.bill.settle(attempt.cost());
		this.candidate.callNext();
		return attempt;
	}

	/** The attempt as it stands. */
	Attempt attempt(AttemptOutcome outcome, @Nullable Failure failure) {
		Integer status = (failure != null && failure.httpStatus() != null) ? failure.httpStatus()
				: this.answer.httpStatus();
		String requestId = (failure != null && failure.requestId() != null) ? failure.requestId()
				: this.answer.requestId();
		long firstContent = this.clock.firstContentAfter();
		return Attempt.builder()
			.number(this.number)
			.endpoint(this.candidate.name())
			.model(model())
			.outcome(outcome)
			.failure((failure != null) ? failure.kind() : null)
			.httpStatus(status)
			.providerCode((failure != null) ? failure.providerCode() : null)
			.providerRequestId(requestId)
			.duration(Duration.ofNanos(this.clock.elapsed()))
			.timeToFirstContent((firstContent < 0) ? null : Duration.ofNanos(firstContent))
			.usage(this.answer.usage())
			.cost(this.bill.cost(this.answer, failure))
			.reconnected(this.answer.reconnected())
			.corrections(this.answer.corrections())
			.build();
	}

}
