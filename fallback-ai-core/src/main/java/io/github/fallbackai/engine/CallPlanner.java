// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.ProbeDemand;
import org.jspecify.annotations.Nullable;

/**
 * Plans the steps of one call.
 */
final class CallPlanner {

	private final AttemptPlanner planner;

	private final CallState call;

	CallPlanner(AttemptPlanner planner, CallState call) {
		this.planner = planner;
		this.call = call;
	}

	/** The plan for a step. It also tells open endpoints that the call wanted them. */
	Plan plan(NextStep step) {
		Plan plan = look(step.onlyGroup());
		ProbeDemand.announce(this.call.order(), plan.skips(), (plan instanceof Plan.Ask ask) ? ask.candidate() : null);
		Candidate again = step.again();
		boolean available = again != null && !this.call.deadline().over()
				&& again.availability(this.call.request()).available();
		return (again != null && available) ? plan.startingWith(again) : plan;
	}

	/** The plan as it would be now, without side effects. */
	Plan look(@Nullable String onlyGroup) {
		return plan(this.call.history(), onlyGroup);
	}

	/** The same plan as if the call might ask every endpoint again. */
	Plan lookAfresh(@Nullable String onlyGroup) {
		return plan(this.call.history().afresh(), onlyGroup);
	}

	private Plan plan(CallHistory history, @Nullable String onlyGroup) {
		return this.planner.plan(this.call.order(), this.call.requirements(), history, onlyGroup,
				!this.call.deadline().over());
	}

}
