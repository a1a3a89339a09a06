// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose turn it is, and why it is not the others'.
 */
class AttemptPlannerTests {

	private final List<String> log = new ArrayList<>();

	private final ScriptedEndpoint a = endpoint("a");

	private final ScriptedEndpoint b = endpoint("b");

	private final ScriptedEndpoint c = endpoint("c");

	private final ScriptedEndpoint d = endpoint("d");

	private final CandidateChain chain = new CandidateChain("default",
			List.of(this.a.candidate(), this.b.candidate(), this.c.candidate(), this.d.candidate()),
			CallSettings.DEFAULTS);

	private final CallHistory history = new CallHistory();

	private final AttemptPlanner planner = new AttemptPlanner();

	@Test
	void picksTheFirstAndKeepsTimeForTheNextTwo() {
		Plan.Ask plan = ask();
		assertThat(plan.candidate().name()).isEqualTo("a");
		assertThat(plan.followers()).extracting(Candidate::name).containsExactly("b", "c");
		assertThat(plan.skips()).isEmpty();
	}

	@Test
	void passesOverOpenAndCoolingEndpointsWithTheReason() {
		this.a.open(Duration.ofSeconds(5));
		this.b.availability = new Availability(SkipReason.COOLING_DOWN, FailureKind.RATE_LIMITED,
				Duration.ofSeconds(2));
		Plan.Ask plan = ask();
		assertThat(plan.candidate().name()).isEqualTo("c");
		assertThat(plan.skips()).containsExactly(new Skip("a", SkipReason.BREAKER_OPEN, null, Duration.ofSeconds(5)),
				new Skip("b", SkipReason.COOLING_DOWN, FailureKind.RATE_LIMITED, Duration.ofSeconds(2)));
	}

	@Test
	void doesNotReturnToAnEndpointThatFailedInThisCall() {
		Failure failure = Failure.of(FailureKind.OVERLOADED).build();
		this.history.record(this.chain.candidates().get(0), attempt("a"), failure, true);
		assertThat(ask().candidate().name()).isEqualTo("b");
	}

	@Test
	void passesOverEveryEndpointWhenNoTimeIsLeft() {
		Plan plan = plan(false);
		assertThat(plan).isInstanceOf(Plan.NoneLeft.class);
		assertThat(plan.skips()).extracting(Skip::reason).containsOnly(SkipReason.NOT_ENOUGH_TIME).hasSize(4);
	}

	@Test
	void hasNoSideEffects() {
		Plan first = plan(true);
		assertThat(plan(true)).isEqualTo(first);
		assertThat(this.log).isEmpty();
	}

	private Plan.Ask ask() {
		return (Plan.Ask) plan(true);
	}

	private Plan plan(boolean timeLeft) {
		return this.planner.plan(this.chain.order(), Requirements.neutral(this.chain, this.chain.order()), this.history,
				null, timeLeft);
	}

	private ScriptedEndpoint endpoint(String name) {
		return new ScriptedEndpoint(name, this.log, Schedulers.immediate(), UnaryOperator.identity());
	}

	private static Attempt attempt(String endpoint) {
		return Attempt.builder()
			.endpoint(endpoint)
			.model("m")
			.outcome(AttemptOutcome.FAILED)
			.failure(FailureKind.OVERLOADED)
			.build();
	}

}
