package io.github.fallbackai.engine;

import java.time.Duration;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;

/**
 * One call: a loop of plan, attempt and decision until there is an answer or no candidate
 * is left. A turn of the loop does not fail when an endpoint fails, only when the call
 * fails.
 */
final class FailoverCall {

	private final CallEnvironment environment;

	private final CallState call;

	private final FailoverPolicy policy;

	private final CallPlanner planner;

	private final EndpointWait endpointWait;

	private final AttemptStarter starter;

	private final TurnEvents events;

	private final CallFailures failures;

	private final long startedAt;

	private volatile @Nullable ConsumerWatch consumer;

	/** Decided at the end of a turn, and carried out by the next turn. */
	private volatile NextStep next = NextStep.FIRST;

	private boolean answered;

	FailoverCall(CallEnvironment environment, CandidateChain chain, ChatRequest request, Delivery delivery) {
		this.environment = environment;
		CandidateOrder order = chain.order(request);
		CallSettings settings = chain.settings();
		Duration limit = request.options().deadline();
		Deadline deadline = new Deadline((limit != null) ? limit : settings.deadline(), delivery != Delivery.WHOLE,
				environment.scheduler());
		this.call = new CallState(chain, order, Requirements.of(chain, order, request, environment.tokenEstimator()),
				delivery, deadline, new CallHistory(), new Transcript(request.responseFormat().structured()),
				new CallLog(chain.name(), request.options().useCase(), environment.listeners()));
		StreamRecovery wish = request.options().streamRecovery();
		this.policy = new FailoverPolicy(settings, (wish != null) ? wish : settings.recovery().mode());
		this.planner = new CallPlanner(environment.planner(), this.call);
		this.endpointWait = new EndpointWait(environment, this.call, this.planner);
		this.starter = new AttemptStarter(environment, this.call);
		this.events = new TurnEvents(this.call);
		this.failures = new CallFailures(this.call);
		this.startedAt = environment.now();
	}

	Flux<ChatEvent> events() {
		return Flux.deferContextual((context) -> {
			this.call.log().started(context);
			// A place is passed on only when the call no longer waits for a place.
			return Flux.defer(this::turn)
				.repeat(() -> !this.answered)
				.doFinally(this::left)
				.transform(Operators.<ChatEvent, ChatEvent>lift((scannable, consumer) -> watch(consumer)));
		}).onErrorStop();
	}

	/**
	 * The same events, each with the endpoint and model from which it comes, as far as
	 * known.
	 */
	Flux<RelayedEvent> relayed() {
		return events().map((event) -> {
			AttemptRun run = this.events.leader();
			return (run != null) ? new RelayedEvent(event, run.candidate().name(), run.model(), run.answer().refused())
					: new RelayedEvent(event, null, null, false);
		});
	}

	private ConsumerWatch watch(CoreSubscriber<? super ChatEvent> subscriber) {
		ConsumerWatch created = new ConsumerWatch(subscriber, this.environment.consumerStall(),
				this.environment.scheduler(), this::stalled);
		this.consumer = created;
		return created;
	}

	/** The loop is over, and every attempt in it has ended. */
	private void left(SignalType signal) {
		if (signal == SignalType.CANCEL) {
			ConsumerWatch watch = this.consumer;
			boolean stalled = watch != null && watch.stalled();
			end(stalled ? AttemptOutcome.FAILED : AttemptOutcome.CANCELLED, null, stalled ? stalled() : null);
		}
		this.endpointWait.passOn();
	}

	/**
	 * The call fails, because the consumer would not take anything from another endpoint
	 * either.
	 */
	private AiFallbackException stalled() {
		AttemptRun run = this.events.leader();
		Transcript transcript = this.call.transcript();
		String text = this.next.discards() ? transcript.discarded()
				: transcript.text() + ((run != null) ? run.answer().text() : "");
		return this.failures.interrupted(Failure.of(FailureKind.LOCAL).build(), text);
	}

	private Flux<ChatEvent> turn() {
		NextStep step = this.next;
		this.next = step.unlessStarted();
		if (step.pause().isZero()) {
			return turn(step);
		}
		return Mono.delay(Nanos.bounded(step.pause()), this.environment.scheduler())
			.thenMany(Flux.defer(() -> turn(step)));
	}

	private Flux<ChatEvent> turn(NextStep step) {
		Plan plan = this.planner.plan(step);
		this.call.history().passedOver(plan.skips());
		this.call.log().skipped(plan.skips());
		if (plan instanceof Plan.NoneLeft noneLeft) {
			this.endpointWait.passOn();
			return this.endpointWait.await(noneLeft, step.onlyGroup())
				.map((wait) -> wait.thenMany(Flux.<ChatEvent>empty()))
				.orElseGet(() -> exhausted(step));
		}
		Turn turn = this.starter.turn((Plan.Ask) plan);
		this.endpointWait.passOn();
		if (turn instanceof Turn.LostToAnotherCall lost) {
			this.call.history().recordLostPlace(lost);
			return Flux.empty();
		}
		return run((Turn.Running) turn, step);
	}

	private Flux<ChatEvent> exhausted(NextStep step) {
		Attempt last = this.call.history().lastAttempt();
		if (step.recovery() != null && last != null) {
			this.call.log().streamBroken(last, StreamRecovery.FAIL);
		}
		Transcript transcript = this.call.transcript();
		return fail(this.failures.exhausted(step.discards() ? transcript.discarded() : transcript.text()));
	}

	private Flux<ChatEvent> run(Turn.Running turn, NextStep step) {
		this.next = step.started();
		return Flux
			.concat(Flux.fromIterable(this.events.begin(turn.leader(), step)),
					turn.signals()
						.<ChatEvent>handle(this.events::accept)
						.concatWith(Flux.defer(() -> succeeded(turn.leader())))
						.onErrorResume(EndpointException.class, (error) -> failed(turn.leader(), error.failure())))
			.doOnCancel(() -> turn.stop().forEach(this.events::end));
	}

	private Flux<ChatEvent> succeeded(AttemptRun run) {
		this.answered = true;
		Attempt attempt = run.succeeded();
		if (attempt == null) {
			return callerLeft();
		}
		this.events.ended(run, attempt, null);
		ChatResponse response = this.call.transcript().complete(run, this.call);
		end(AttemptOutcome.SUCCEEDED, response, null);
		return Flux.fromIterable(this.events.completed(response));
	}

	private Flux<ChatEvent> failed(AttemptRun run, Failure failure) {
		if (run.contentSeen()) {
			this.call.deadline().progressEndedAt(run.clock().lastProgress());
		}
		Attempt attempt = run.failed(failure);
		if (attempt == null) {
			return callerLeft();
		}
		this.events.ended(run, attempt, failure);
		Situation situation = new Situation(failure, this.call.history().refusedElsewhere(run.candidate()),
				this.call.history().effort(), run.contentSeen(), run.prefilled(),
				this.call.transcript().held(run.answer()), this.call.delivery() == Delivery.EVENTS);
		return follow(decide(situation, run.candidate()), run, situation);
	}

	private Decision decide(Situation situation, Candidate candidate) {
		Decision decision = this.policy.decide(situation, candidate.retry());
		boolean affordable = decision != Decision.RETRY || candidate.experience().tryRetry();
		return affordable ? decision : this.policy.decide(situation, RetrySettings.DEFAULTS);
	}

	private Flux<ChatEvent> follow(Decision decision, AttemptRun run, Situation situation) {
		Failure failure = situation.failure();
		switch (decision) {
			case INTERRUPT -> {
				return interrupted(run, failure);
			}
			case REFUSE -> {
				return fail(this.failures.refused(failure));
			}
			case REFUSE_AS_BEFORE -> {
				Failure earlier = situation.earlierRefusal();
				return fail(this.failures.refused((earlier != null) ? earlier : failure));
			}
			case GIVE_UP -> {
				return fail(this.failures.givenUp());
			}
			default -> this.next = next(decision, run);
		}
		return Flux.empty();
	}

	private NextStep next(Decision decision, AttemptRun run) {
		Candidate candidate = run.candidate();
		Duration switchDelay = this.call.settings().switchDelay();
		switch (decision) {
			case RETRY -> {
				return this.next.askAgain(candidate,
						candidate.retry().pauseBefore(this.call.history().attemptsInARow()));
			}
			case RETRY_WITHOUT_PREFILL -> {
				candidate.experience().prefillRefused();
				return this.next.askAgain(candidate, Duration.ZERO);
			}
			case RESUME -> {
				this.call.transcript().keep(run);
				boolean sameOnly = this.call.settings().recovery().scope() == ModelScope.SAME_MODEL;
				return this.next.resume(sameOnly ? candidate.endpoint().modelGroup() : null, switchDelay);
			}
			case RESTART -> {
				this.call.transcript().discard(run);
				return this.next.restart(switchDelay);
			}
			default -> {
				return this.next.moveOn(switchDelay);
			}
		}
	}

	private Flux<ChatEvent> interrupted(AttemptRun run, Failure failure) {
		Attempt broken = this.call.history().lastAttempt();
		if (broken != null) {
			this.call.log().streamBroken(broken, StreamRecovery.FAIL);
		}
		this.call.transcript().keep(run);
		return fail(this.failures.interrupted(failure, this.call.transcript().text()));
	}

	/** The attempt was cancelled while it ended, and no caller waits for it. */
	private Flux<ChatEvent> callerLeft() {
		this.answered = true;
		return Flux.empty();
	}

	private Flux<ChatEvent> fail(AiFallbackException exception) {
		end(AttemptOutcome.FAILED, null, exception);
		return Flux.error(exception);
	}

	private void end(AttemptOutcome outcome, @Nullable ChatResponse response, @Nullable AiFallbackException exception) {
		Duration duration = Duration.ofNanos(this.environment.now() - this.startedAt);
		this.call.log().callEnded(outcome, response, exception, this.call.history().attempts().size(), duration);
	}

}
