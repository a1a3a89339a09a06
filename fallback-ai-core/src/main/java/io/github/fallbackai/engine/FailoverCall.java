package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.RelayedEvent;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.client.EndpointEvent;
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
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.SynchronousSink;

/**
 * One call: a loop of plan, attempt and decision until there is an answer or nothing left
 * to try. A turn of the loop never fails because an endpoint did; it fails when the call
 * does.
 */
final class FailoverCall {

	private final CallEnvironment environment;

	private final CandidateChain chain;

	private final CandidateOrder order;

	private final Requirements requirements;

	private final Delivery delivery;

	private final FailoverPolicy policy;

	private final CallLog log;

	private final Deadline deadline;

	private final EndpointWait endpointWait;

	private final Transcript transcript;

	private final AttemptStarter starter;

	private final long startedAt;

	/** Whom to ask again, {@code null} to move on. */
	private @Nullable Candidate again;

	private Duration pause = Duration.ZERO;

	/** The model group of the endpoint whose answer is to be continued. */
	private @Nullable String resumedGroup;

	/** Who answers, or is asked. */
	private volatile @Nullable AttemptRun leader;

	private volatile @Nullable ConsumerWatch consumer;

	private boolean discard;

	/** What is about to be done about a broken stream, if somebody is left to do it. */
	private @Nullable StreamRecovery recovering;

	/** Whether the call waited, once, to learn whether it may probe. */
	private boolean probesAwaited;

	private boolean answered;

	FailoverCall(CallEnvironment environment, CandidateChain chain, ChatRequest request, Delivery delivery) {
		this.environment = environment;
		this.chain = chain;
		this.order = chain.order(request);
		this.requirements = Requirements.of(chain, this.order, request, environment.tokenEstimator());
		this.delivery = delivery;
		CallSettings settings = chain.settings();
		StreamRecovery wish = request.options().streamRecovery();
		this.policy = new FailoverPolicy(settings, (wish != null) ? wish : settings.recovery().mode());
		this.log = new CallLog(chain.name(), request.options().useCase(), environment.listeners());
		Duration limit = request.options().deadline();
		this.deadline = new Deadline((limit != null) ? limit : settings.deadline(), delivery != Delivery.WHOLE,
				environment.scheduler());
		this.endpointWait = new EndpointWait(environment, this.order, this.requirements, this.deadline, settings,
				request.options());
		this.transcript = new Transcript(request.responseFormat().structured());
		this.starter = new AttemptStarter(environment, chain, this.requirements.request(), delivery, this.deadline,
				this.transcript);
		this.startedAt = environment.now();
	}

	Flux<ChatEvent> events() {
		return Flux.deferContextual((context) -> {
			this.log.started(context);
			// A place is passed on once the call waits for none any more, never before.
			return Flux.defer(this::turn)
				.repeat(() -> !this.answered)
				.doFinally(this::left)
				.transform(Operators.<ChatEvent, ChatEvent>lift((scannable, consumer) -> watch(consumer)));
		}).onErrorStop();
	}

	private ConsumerWatch watch(CoreSubscriber<? super ChatEvent> subscriber) {
		ConsumerWatch created = new ConsumerWatch(subscriber, this.environment.consumerStall(),
				this.environment.scheduler(), this::stalled);
		this.consumer = created;
		return created;
	}

	/** The loop is over, and so is every attempt in it. */
	private void left(SignalType signal) {
		if (signal == SignalType.CANCEL) {
			ConsumerWatch watch = this.consumer;
			boolean stalled = watch != null && watch.stalled();
			end(stalled ? AttemptOutcome.FAILED : AttemptOutcome.CANCELLED, null);
		}
		this.endpointWait.passOn();
	}

	/** Whoever takes nothing would take nothing from another endpoint either. */
	private AiFallbackException stalled() {
		AttemptRun run = this.leader;
		String text = this.discard ? this.transcript.discarded()
				: this.transcript.text() + ((run != null) ? run.answer().text() : "");
		return CallFailures.interrupted(Failure.of(FailureKind.LOCAL).build(), text, this.chain.name(),
				this.log.history());
	}

	/** The same events, each with what is known about where it comes from. */
	Flux<RelayedEvent> relayed() {
		return events().map((event) -> {
			AttemptRun run = this.leader;
			return (run != null) ? new RelayedEvent(event, run.candidate().name(), run.model(), run.answer().refused())
					: new RelayedEvent(event, null, null, false);
		});
	}

	private Flux<ChatEvent> turn() {
		if (this.pause.isZero()) {
			return attempt();
		}
		Duration wait = this.pause;
		this.pause = Duration.ZERO;
		return Mono.delay(Nanos.bounded(wait), this.environment.scheduler()).thenMany(Flux.defer(this::attempt));
	}

	private Flux<ChatEvent> attempt() {
		Plan plan = plan();
		this.log.skipped(plan.skips());
		Turn turn = (plan.candidate() != null) ? this.starter.turn(plan, this.log) : null;
		this.endpointWait.passOn();
		if (plan.candidate() == null) {
			return nobodyLeft(plan);
		}
		if (turn == null) {
			this.log.history().recordLostRace(plan.chosen(), plan.chosen().lostTo(this.requirements.request()));
			return Flux.empty();
		}
		this.leader = turn.leader();
		if (this.recovering != null) {
			this.log.streamBroken(this.recovering);
			this.recovering = null;
		}
		return Flux
			.concat(Flux.fromIterable(announce(turn.leader())),
					turn.signals()
						.<ChatEvent>handle(this::onSignal)
						.concatWith(Flux.defer(() -> succeeded(turn.leader())))
						.onErrorResume(EndpointException.class, (error) -> failed(turn.leader(), error.failure())))
			.doOnCancel(() -> turn.stop()
				.forEach((unfinished) -> ended(unfinished.run(), unfinished.close(), unfinished.failure())));
	}

	private Plan plan() {
		Plan plan = this.environment.planner()
			.plan(this.order, this.requirements, this.log.history(), this.resumedGroup, this.deadline.remainingNanos());
		ProbeDemand.announce(this.order, plan.skips());
		Candidate same = this.again;
		this.again = null;
		return (same != null && same.availability(this.requirements.request()).available()) ? plan.startingWith(same)
				: plan;
	}

	private Flux<ChatEvent> nobodyLeft(Plan plan) {
		if (!this.probesAwaited) {
			this.probesAwaited = true;
			Mono<Void> decided = ProbeDemand.decision(this.order, plan.skips());
			if (decided != null) {
				return decided.take(Duration.ofNanos(this.deadline.remainingNanos()), this.environment.scheduler())
					.thenMany(Flux.empty());
			}
		}
		Mono<Void> wait = this.endpointWait.await(this.log.history(), this.resumedGroup);
		if (wait != null) {
			return wait.thenMany(Flux.empty());
		}
		if (this.recovering != null) {
			this.log.streamBroken(StreamRecovery.FAIL);
		}
		return fail(CallFailures.exhausted(this.chain.name(), this.log.history(), plan.skips(), this.deadline,
				this.discard ? this.transcript.discarded() : this.transcript.text()));
	}

	private List<ChatEvent> announce(AttemptRun run) {
		List<ChatEvent> events = new ArrayList<>(2);
		Candidate to = run.candidate();
		Attempt last = this.log.history().lastAttempt();
		if (last != null && last.failure() != null && (this.discard || !last.endpoint().equals(to.name()))) {
			events.add(switched(last, last.failure(), to, this.discard));
		}
		this.discard = false;
		events.add(started(run));
		return events;
	}

	private ChatEvent switched(Attempt from, FailureKind reason, Candidate to, boolean discard) {
		this.log.switched(from, to);
		return new ChatEvent.EndpointSwitched(from.endpoint(), to.name(), to.endpoint().model(), reason, discard);
	}

	private static ChatEvent started(AttemptRun run) {
		return new ChatEvent.AttemptStarted(run.number(), run.candidate().name(), run.candidate().endpoint().model());
	}

	private void onSignal(RaceSignal signal, SynchronousSink<ChatEvent> sink) {
		if (signal instanceof RaceSignal.Received received) {
			this.leader = received.run();
			deliver(received.event(), sink);
		}
		else if (signal instanceof RaceSignal.Joined joined) {
			this.log.hedged(joined.run());
			sink.next(started(joined.run()));
		}
		else if (signal instanceof RaceSignal.DroppedOut out) {
			Attempt attempt = out.run().failed(out.failure());
			ended(out.run(), attempt, out.failure());
			if (attempt != null && out.run().equals(this.leader)) {
				this.leader = out.remaining();
				sink.next(switched(attempt, out.failure().kind(), out.remaining().candidate(), false));
			}
		}
		else if (signal instanceof RaceSignal.Overtaken overtaken) {
			AttemptRun run = overtaken.run();
			ended(run, overtaken.watched() ? run.attempt(AttemptOutcome.OVERTAKEN, null)
					: run.abandoned(AttemptOutcome.OVERTAKEN), null);
		}
	}

	private void deliver(EndpointEvent event, SynchronousSink<ChatEvent> sink) {
		if (event.progress()) {
			this.deadline.progressBegins();
		}
		if (this.delivery.delivers(event)) {
			this.transcript.delivered(event);
			sink.next(this.delivery.visible(event));
		}
	}

	private Flux<ChatEvent> succeeded(AttemptRun run) {
		this.answered = true;
		Attempt attempt = run.succeeded();
		if (attempt == null) {
			return callerLeft();
		}
		this.log.attemptEnded(run, attempt, null);
		ChatResponse response = this.transcript.complete(run, this.chain.name(), this.order, this.log.history());
		end(AttemptOutcome.SUCCEEDED, response);
		return Flux.just(new ChatEvent.Completed(response));
	}

	private Flux<ChatEvent> failed(AttemptRun run, Failure failure) {
		if (run.contentSeen()) {
			this.deadline.progressEndedAt(run.clock().lastProgress());
		}
		Attempt attempt = run.failed(failure);
		if (attempt == null) {
			return callerLeft();
		}
		this.log.attemptEnded(run, attempt, failure);
		Situation situation = new Situation(failure, this.log.history().refusedElsewhere(run.candidate()),
				this.log.history().attempts().size(), this.log.history().hops(), this.log.history().attemptsInARow(),
				run.contentSeen(), run.prefilled(), this.transcript.held(run.answer()),
				this.delivery == Delivery.EVENTS);
		return follow(decide(situation, run), run, failure);
	}

	private Decision decide(Situation situation, AttemptRun run) {
		Decision decision = this.policy.decide(situation, run.candidate().retry());
		boolean again = decision != Decision.RETRY || run.candidate().experience().tryRetry();
		return again ? decision : this.policy.decide(situation, RetrySettings.DEFAULTS);
	}

	private Flux<ChatEvent> follow(Decision decision, AttemptRun run, Failure failure) {
		switch (decision) {
			case RETRY -> {
				this.again = run.candidate();
				this.pause = run.candidate().retry().pauseBefore(this.log.history().attemptsInARow());
			}
			case RETRY_WITHOUT_PREFILL -> {
				this.again = run.candidate();
				run.candidate().experience().prefillRefused();
			}
			case RESUME -> {
				this.recovering = StreamRecovery.RESUME;
				this.transcript.keep(run);
				boolean sameOnly = this.chain.settings().recovery().scope() == ModelScope.SAME_MODEL;
				this.resumedGroup = sameOnly ? run.candidate().endpoint().modelGroup() : null;
				this.pause = this.chain.settings().switchDelay();
			}
			case RESTART -> {
				this.recovering = StreamRecovery.RESTART;
				this.transcript.discard(run);
				this.discard = true;
				this.pause = this.chain.settings().switchDelay();
			}
			case NEXT_ENDPOINT -> this.pause = this.chain.settings().switchDelay();
			case INTERRUPT -> {
				this.log.streamBroken(StreamRecovery.FAIL);
				this.transcript.keep(run);
				return fail(CallFailures.interrupted(failure, this.transcript.text(), this.chain.name(),
						this.log.history()));
			}
			case REFUSE -> {
				return fail(CallFailures.refused(failure, this.chain.name(), this.log.history()));
			}
			case REFUSE_AS_BEFORE -> {
				Failure earlier = this.log.history().refusedElsewhere(run.candidate());
				return fail(CallFailures.refused((earlier != null) ? earlier : failure, this.chain.name(),
						this.log.history()));
			}
			case GIVE_UP -> {
				return fail(CallFailures.givenUp(this.chain.name(), this.log.history()));
			}
		}
		return Flux.empty();
	}

	/** The attempt was cancelled while it ended, which nobody waits for any more. */
	private Flux<ChatEvent> callerLeft() {
		this.answered = true;
		return Flux.empty();
	}

	private void ended(AttemptRun run, @Nullable Attempt attempt, @Nullable Failure failure) {
		if (attempt != null) {
			this.log.attemptEnded(run, attempt, failure);
		}
	}

	private Flux<ChatEvent> fail(AiFallbackException exception) {
		end(AttemptOutcome.FAILED, null);
		return Flux.error(exception);
	}

	private void end(AttemptOutcome outcome, @Nullable ChatResponse response) {
		this.log.callEnded(outcome, response, Duration.ofNanos(this.environment.now() - this.startedAt));
	}

}
