// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.engine.timing.AttemptBudget;
import io.github.fallbackai.engine.timing.AttemptClock;
import io.github.fallbackai.engine.waiting.WaitingRoom;
import io.github.fallbackai.event.CallListeners;
import reactor.core.scheduler.Scheduler;

/**
 * The parts that all calls share.
 *
 * @param planner picks endpoints
 * @param waitingRoom bounds the calls that wait for an endpoint
 * @param hedgeBudget bounds the extra requests of hedged calls
 * @param listeners are told what happens
 * @param scheduler clock and timers
 * @param consumerStall how long a consumer may take nothing before its call ends
 * @param tokenEstimator tells how large a request is
 */
record CallEnvironment(AttemptPlanner planner, WaitingRoom waitingRoom, HedgeBudget hedgeBudget,
		CallListeners listeners, Scheduler scheduler, Duration consumerStall, TokenEstimator tokenEstimator) {

	long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	AttemptClock clock(AttemptBudget budget) {
		return new AttemptClock(budget, this.scheduler);
	}

}
