package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.policy.CallSettings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets one call wait while nobody may be tried, if it wants to. Used by one signal at a
 * time.
 */
final class EndpointWait {

	/** Calls that lost a place to another one do not come back all at once. */
	private static final int LONGEST_PAUSE_MILLIS = 10;

	private final CallEnvironment environment;

	private final CandidateOrder order;

	private final Requirements requirements;

	private final Deadline deadline;

	private final boolean waits;

	/** Whether the time that the call waits does not count towards its deadline. */
	private final boolean untimed;

	/** Where it waits; read by the signal that ends the call, too. */
	private volatile List<Candidate> places = List.of();

	EndpointWait(CallEnvironment environment, CandidateOrder order, Requirements requirements, Deadline deadline,
			CallSettings settings, ChatOptions options) {
		this.environment = environment;
		this.order = order;
		this.requirements = requirements;
		this.deadline = deadline;
		boolean batch = requirements.load() == Load.BATCH;
		Boolean wish = options.waitWhenUnavailable();
		this.waits = batch || ((wish != null) ? wish : settings.waitWhenUnavailable());
		this.untimed = batch && options.deadline() == null;
	}

	/**
	 * Waits for the first endpoint that may be tried, those included that the call tried
	 * before.
	 * @param history what the call did so far; who may be asked again is forgotten there
	 * @param resumedGroup the only model group that may go on with the answer,
	 * {@code null} for any
	 * @return completes when it is time to look again; {@code null} if waiting is not
	 * wanted, pointless, or would outlast the deadline
	 */
	@Nullable Mono<Void> await(CallHistory history, @Nullable String resumedGroup) {
		long remaining = this.deadline.remainingNanos();
		if (!this.waits || remaining <= 0) {
			return null;
		}
		boolean raceLost = history.forgetLostRaces();
		Plan again = this.environment.planner().plan(this.order, this.requirements, history, resumedGroup, remaining);
		if (again.candidate() != null) {
			// A place became free since the call looked. The pause after a lost race
			// counts, so that no call tries for ever.
			return raceLost ? pause() : Mono.empty();
		}
		Plan afresh = this.environment.planner()
			.plan(this.order, this.requirements, new CallHistory(), null, remaining);
		Candidate free = afresh.candidate();
		if (free != null) {
			// Free since a moment ago, or not for this call, which tried it.
			return again.skips()
				.stream()
				.anyMatch((skip) -> skip.endpoint().equals(free.name()) && WaitTarget.ends(skip)) ? Mono.empty() : null;
		}
		Mono<Void> waiting = awaitAnybody(afresh, remaining);
		if (waiting != null) {
			history.forgetTried();
		}
		return waiting;
	}

	private Mono<Void> pause() {
		Duration length = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS + 1));
		return Mono.delay(length, this.environment.scheduler()).then();
	}

	private @Nullable Mono<Void> awaitAnybody(Plan nobody, long remaining) {
		WaitTarget wait = WaitTarget.of(this.order, nobody.skips(), this.untimed ? Long.MAX_VALUE : remaining);
		Mono<Void> waiting = (wait != null) ? this.environment.waitingRoom().enter(wait, this.requirements.load())
				: null;
		if (wait == null || waiting == null) {
			return null;
		}
		this.places = wait.places();
		long since = this.environment.now();
		return this.untimed ? waiting.doOnTerminate(() -> this.deadline.extend(this.environment.now() - since))
				: waiting;
	}

	/**
	 * The call has looked, or is over: if it left a place that it was called for, it is
	 * the next one's.
	 */
	void passOn() {
		List<Candidate> left = this.places;
		this.places = List.of();
		left.forEach(Candidate::callNext);
	}

}
