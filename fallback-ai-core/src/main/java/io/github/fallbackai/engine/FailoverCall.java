// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.endpoint.ModelScope;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.engine.Situation.Held;
import io.github.fallbackai.engine.candidate.AnswerForm;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.engine.timing.ConsumerWatch;
import io.github.fallbackai.engine.timing.Deadline;
import io.github.fallbackai.engine.timing.WatchedFlux;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
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

	private final TimeShares timeShares;

	/** Decided at the end of a turn, and carried out by the next turn. */
	private volatile NextStep next = NextStep.FIRST;

	/** The first attempt in which a model declined, before the caller got anything. */
	private volatile @Nullable AttemptRun refusal;

	FailoverCall(CallEnvironment environment, CandidateChain chain, CandidateOrder order, ChatRequest request,
			Delivery delivery, Deadline deadline) {
		this.environment = environment;
		CallSettings settings = chain.settings();
		CallLog log = new CallLog(chain.name(), request, environment.listeners());
		CallHistory history = new CallHistory();
		this.call = new CallState(chain, order, Requirements.of(chain, order, request, environment.tokenEstimator()),
				delivery, deadline, history,
				new Transcript(request.responseFormat().structured(), settings.movesOnAfterRefusals()), log,
				new CallEnd(log, history, environment));
		StreamRecovery wish = request.options().streamRecovery();
		this.policy = new FailoverPolicy(settings, (wish != null) ? wish : settings.recovery().mode());
		this.planner = new CallPlanner(environment.planner(), this.call);
		this.endpointWait = new EndpointWait(environment, this.call, this.planner);
		this.timeShares = new TimeShares(this.call);
		this.starter = new AttemptStarter(environment, this.call, this.timeShares);
		this.events = new TurnEvents(this.call);
		this.failures = new CallFailures(this.call);
	}

	Flux<ChatEvent> events() {
		return Flux.deferContextual((context) -> {
			this.call.log().started(context);
			// A place is passed on only when the call no longer waits for a place.
			return new WatchedFlux<ChatEvent>(
					Flux.defer(this::turn).repeat(() -> !this.call.end().reached()).doFinally(this::left), this::watch);
		}).onErrorStop();
	}

	/**
	 * The same events, each with the endpoint and model from which it comes, as far as
	 * known.
	 */
	Flux<RelayedEvent> relayed() {
		return events().map((event) -> {
			AttemptRun run = this.events.leader();
			return (run != null) ? relayed(event, run) : new RelayedEvent(event, null, null, false);
		});
	}

	/** What starts an attempt or switches to it comes before all of its parts. */
	private static RelayedEvent relayed(ChatEvent event, AttemptRun run) {
		boolean ofAnswer = !(event instanceof ChatEvent.AttemptStarted || event instanceof ChatEvent.EndpointSwitched);
		return new RelayedEvent(event, run.candidate().name(), run.model(), run.answer().refusalTold(),
				ofAnswer ? run.answer().takeEnded() : List.of(), run.answer().remarks());
	}

	private ConsumerWatch watch(CoreSubscriber<? super ChatEvent> subscriber) {
		return new ConsumerWatch(subscriber, this.environment.consumerStall(), this.call.deadline(),
				this.environment.scheduler(), this::stalled);
	}

	/** The loop is over. It decided how the call ends, unless the caller left. */
	private void left(SignalType signal) {
		if (signal == SignalType.CANCEL) {
			this.call.end().cancelled();
		}
		else {
			this.call.end().failed(() -> null);
		}
		this.endpointWait.passOn();
	}

	/**
	 * The call fails, because the consumer would not take anything from another endpoint
	 * either.
	 */
	private AiFallbackException stalled(int received) {
		AiFallbackException exception = this.call.end().failed(() -> interrupted(received));
		return (exception != null) ? exception : interrupted(received);
	}

	private AiFallbackException interrupted(int received) {
		AttemptRun run = this.events.leader();
		Transcript transcript = this.call.transcript();
		String text = this.next.discards() ? transcript.discarded()
				: (run != null) ? transcript.textWith(run) : transcript.text();
		return this.failures.interrupted(Failure.of(FailureKind.LOCAL).build(),
				text.substring(0, Math.min(received, text.length())));
	}

	private Flux<ChatEvent> turn() {
		NextStep step = this.next;
		this.next = step.unlessStarted();
		Duration pause = pause(step);
		if (pause.isZero()) {
			return turn(step);
		}
		return Mono.delay(pause, this.environment.scheduler()).thenMany(Flux.defer(() -> turn(step)));
	}

	/** There is nothing to pause for if no candidate follows. */
	private Duration pause(NextStep step) {
		if (step.pause().isZero() || step.again() != null) {
			return Nanos.bounded(step.pause());
		}
		Plan plan = this.planner.look(step.onlyGroup());
		return (plan instanceof Plan.Ask ask) ? this.timeShares.pauseBefore(step.pause(), ask) : Duration.ZERO;
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
		Supplier<AiFallbackException> exception = () -> this.failures
			.exhausted(step.discards() ? transcript.discarded() : transcript.text());
		return step.discards() ? fail(exception) : unanswered(exception);
	}

	private Flux<ChatEvent> run(Turn.Running turn, NextStep step) {
		this.next = step.started();
		return Flux.concat(Flux.fromIterable(this.events.begin(turn.leader(), step)),
				new MapNotNull<RaceSignal, ChatEvent>(turn.signals(), this.events::accept)
					.concatWith(Flux.defer(() -> succeeded(turn.leader())))
					.onErrorResume(EndpointException.class, (error) -> failed(turn.leader(), error.failure())));
	}

	private Flux<ChatEvent> succeeded(AttemptRun run) {
		if (this.call.settings().movesOnAfterRefusals() && run.ended() == null && run.answer().declined()) {
			return declined(run);
		}
		Predicate<ChatResponse> accept = this.call.request().request().options().accept();
		Failure refusal = (accept != null && run.ended() == null)
				? run.refusal(accept, this.call.transcript().draft(run, this.call)) : null;
		if (refusal != null) {
			return failed(run, refusal, this.call.transcript().held(run.answer()).asWhole());
		}
		if (run.succeeded() == null) {
			return callerLeft();
		}
		ChatResponse response = this.call.transcript().complete(run, this.call);
		return this.call.end().succeeded(response) ? Flux.fromIterable(this.events.completed(response)) : callerLeft();
	}

	/**
	 * The caller may keep the thoughts of a model that declined if they cannot be taken
	 * back.
	 */
	private Flux<ChatEvent> declined(AttemptRun run) {
		Held held = this.call.transcript().held(run.answer());
		if (this.refusal == null && (held == Held.NOTHING || held == Held.REASONING)) {
			this.refusal = run;
		}
		boolean stays = held == Held.REASONING && !this.call.delivery().takesBack();
		return failed(run, run.declined(), stays ? held : held.asWhole());
	}

	private Flux<ChatEvent> failed(AttemptRun run, Failure failure) {
		return failed(run, failure, this.call.transcript().held(run.answer()));
	}

	private Flux<ChatEvent> failed(AttemptRun run, Failure failure, Held held) {
		this.call.deadline().progressEnded();
		if (run.failed(failure) == null) {
			return callerLeft();
		}
		Situation situation = new Situation(failure, this.call.history().refusedElsewhere(run.candidate()),
				this.call.history().effort(), run.contentSeen(), run.prefilled(),
				AnswerForm.refused(run.request(), failure), held, this.call.delivery().takesBack());
		return decide(run, situation);
	}

	/**
	 * Without time or budget for a retry, the decision is as if there were no retries.
	 */
	private Flux<ChatEvent> decide(AttemptRun run, Situation situation) {
		Candidate candidate = run.candidate();
		Decision decision = this.policy.decide(situation, candidate.retry());
		if (decision == Decision.RETRY) {
			Duration pause = candidate.retry().pauseBefore(this.call.history().attemptsInARow());
			if (fits(pause, candidate) && candidate.experience().tryRetry()) {
				this.next = this.next.askAgain(candidate, pause);
				return Flux.empty();
			}
			decision = this.policy.decide(situation, RetrySettings.DEFAULTS);
		}
		return follow(decision, run, situation);
	}

	private boolean fits(Duration pause, Candidate candidate) {
		Plan plan = this.planner.look(this.next.onlyGroup());
		return this.timeShares.allows(pause, plan.startingWith(candidate));
	}

	private Flux<ChatEvent> follow(Decision decision, AttemptRun run, Situation situation) {
		Failure failure = situation.failure();
		switch (decision) {
			case INTERRUPT -> {
				return interrupted(run, failure);
			}
			case REFUSE -> {
				return unanswered(() -> this.failures.refused(failure));
			}
			case REFUSE_AS_BEFORE -> {
				Failure earlier = situation.earlierRefusal();
				return unanswered(() -> this.failures.refused((earlier != null) ? earlier : failure));
			}
			case GIVE_UP -> {
				return unanswered(this.failures::givenUp);
			}
			default -> this.next = next(decision, run);
		}
		return Flux.empty();
	}

	private NextStep next(Decision decision, AttemptRun run) {
		Candidate candidate = run.candidate();
		Duration switchDelay = this.call.settings().switchDelay();
		switch (decision) {
			case RETRY_WITHOUT_PREFILL -> {
				candidate.experience().prefillRefused();
				return this.next.askAgain(candidate, Duration.ZERO);
			}
			case RETRY_IN_SIMPLER_FORM -> {
				candidate.experience().formRefused(run.request().responseFormat().type());
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
		return fail(() -> this.failures.interrupted(failure, this.call.transcript().text()));
	}

	/** Another thread ended the call, and no caller waits for it. */
	private static Flux<ChatEvent> callerLeft() {
		return Flux.empty();
	}

	/** No endpoint answers. If a model declined before, that is what the caller gets. */
	private Flux<ChatEvent> unanswered(Supplier<AiFallbackException> exception) {
		AttemptRun declined = this.refusal;
		if (declined == null || !this.call.transcript().holdsNoAnswer()) {
			return fail(exception);
		}
		ChatResponse response = this.call.transcript().refusal(declined, this.call);
		return this.call.end().succeeded(response) ? Flux.fromIterable(this.events.refused(declined, response))
				: callerLeft();
	}

	private Flux<ChatEvent> fail(Supplier<AiFallbackException> exception) {
		AiFallbackException made = this.call.end().failed(exception);
		return (made != null) ? Flux.error(made) : callerLeft();
	}

}
