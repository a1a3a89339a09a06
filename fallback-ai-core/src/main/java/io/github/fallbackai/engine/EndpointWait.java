// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.ProbeDemand;
import io.github.fallbackai.engine.timing.Deadline;
import io.github.fallbackai.engine.waiting.WaitTarget;
import io.github.fallbackai.failure.Skip;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lets one call wait while no endpoint may be asked, if its settings allow that. Used by
 * one signal at a time.
 */
final class EndpointWait {

	/** Calls that lost a place to another call do not all come back at the same time. */
	private static final int LONGEST_PAUSE_MILLIS = 10;

	/**
	 * After so long a wait for other endpoints, those that failed may be asked again.
	 */
	private static final Duration BESIDE_FAILED = Duration.ofMinutes(1);

	private final CallEnvironment environment;

	private final CallState call;

	private final CallPlanner planner;

	private final boolean waits;

	/** Whether the time that the call waits does not count towards its deadline. */
	private final boolean untimed;

	/** Whether the call has already waited once to learn whether it may probe. */
	private boolean probesDecided;

	/**
	 * The candidates for whose places it waits; the signal that ends the call reads this
	 * too.
	 */
	private volatile List<Candidate> places = List.of();

	EndpointWait(CallEnvironment environment, CallState call, CallPlanner planner) {
		this.environment = environment;
		this.call = call;
		this.planner = planner;
		ChatOptions options = call.request().request().options();
		boolean batch = call.requirements().load() == Load.BATCH;
		Boolean wish = options.waitWhenUnavailable();
		this.waits = batch || ((wish != null) ? wish : call.settings().waitWhenUnavailable());
		this.untimed = batch && options.deadline() == null;
	}

	/**
	 * Waits for the first endpoint that may be asked. That may be one that the call asked
	 * before, unless it failed and is free.
	 * @param plan why no endpoint may be asked now
	 * @param onlyGroup the only model group that may go on with the answer, {@code null}
	 * for any
	 * @return completes when it is time to plan again; empty if the call must not wait,
	 * if waiting does not help, or if it would take longer than the deadline
	 */
	Optional<Mono<Void>> await(Plan.NoneLeft plan, @Nullable String onlyGroup) {
		if (!this.probesDecided) {
			this.probesDecided = true;
			Mono<Void> decision = ProbeDemand.decision(this.call.order(), plan.skips());
			if (decision != null && !this.call.deadline().over()) {
				Duration longest = Duration.ofNanos(this.call.deadline().nanosToWait());
				return Optional.of(decision.take(longest, this.environment.scheduler()));
			}
		}
		return (this.waits && !this.call.deadline().over()) ? awaitAny(onlyGroup) : Optional.empty();
	}

	private Optional<Mono<Void>> awaitAny(@Nullable String onlyGroup) {
		boolean placeLost = this.call.history().forgetLostPlaces();
		Plan again = this.planner.look(onlyGroup);
		if (again instanceof Plan.Ask) {
			// A place became free since the call planned. A pause after a lost place
			// counts towards the deadline, so that no call tries for ever.
			return Optional.of(placeLost ? pause() : Mono.empty());
		}
		Plan afresh = this.planner.lookAfresh(onlyGroup);
		Set<String> skipped = names(afresh.skips());
		if (!skipped.containsAll(names(again.skips()))) {
			// A place is free since a moment ago.
			return Optional.of(Mono.empty());
		}
		Optional<Mono<Void>> waiting = enter(afresh);
		waiting.ifPresent((wait) -> this.call.history().forgetTried((candidate) -> skipped.contains(candidate.name())));
		return waiting;
	}

	private static Set<String> names(List<Skip> skips) {
		return skips.stream().map(Skip::endpoint).collect(Collectors.toSet());
	}

	private Mono<Void> pause() {
		Duration length = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, LONGEST_PAUSE_MILLIS + 1));
		Duration longest = Duration.ofNanos(this.call.deadline().nanosToWait());
		return Mono.delay((length.compareTo(longest) < 0) ? length : longest, this.environment.scheduler()).then();
	}

	/**
	 * Waits for the candidates that a plan skips. Those that it does not skip are free
	 * and failed already; they are asked again only after some time.
	 */
	private Optional<Mono<Void>> enter(Plan plan) {
		long longest = this.untimed ? Long.MAX_VALUE : this.call.deadline().nanosToWait();
		if (longest <= 0) {
			return Optional.empty();
		}
		WaitTarget target = WaitTarget.of(this.call.order(), plan.skips(), longest);
		if (target != null && plan instanceof Plan.Ask) {
			target = target.within(BESIDE_FAILED);
		}
		Mono<Void> waiting = (target != null)
				? this.environment.waitingRoom().enter(target, this.call.requirements().load()) : null;
		if (target == null || waiting == null) {
			return Optional.empty();
		}
		this.places = target.places();
		Mono<Void> patient = forgetAfterLong(waiting);
		return Optional.of(this.untimed ? untimed(patient) : patient);
	}

	private Mono<Void> forgetAfterLong(Mono<Void> waiting) {
		return Mono.defer(() -> {
			long begun = this.environment.now();
			return waiting.doOnSuccess((over) -> {
				if (this.environment.now() - begun >= BESIDE_FAILED.toNanos()) {
					this.call.history().forgetTried((candidate) -> true);
				}
			});
		});
	}

	private Mono<Void> untimed(Mono<Void> waiting) {
		Deadline deadline = this.call.deadline();
		return waiting.doOnSubscribe((subscription) -> deadline.pause()).doOnTerminate(deadline::resume);
	}

	/**
	 * The call has planned again, or is over. If it did not take the place for which it
	 * was called, the next call may have it.
	 */
	void passOn() {
		List<Candidate> left = this.places;
		this.places = List.of();
		left.forEach(Candidate::callNext);
	}

}
