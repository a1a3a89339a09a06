// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of a call is told once, whatever meets it. Two threads come as close to each
 * other as they can, very often.
 */
class CallEndTests {

	private static final int CALLS = 400_000;

	private final LongAdder told = new LongAdder();

	private final CallListeners listeners = new CallListeners(List.of((ImmediateCallListener) this::count));

	private final CallEnvironment environment = new CallEnvironment(null, null, null, this.listeners,
			Schedulers.immediate(), null, null);

	private final Candidate candidate = new ScriptedEndpoint("a", new ArrayList<>(), VirtualTimeScheduler.create(),
			UnaryOperator.identity())
		.candidate();

	@Test
	void endsOnceWhenTheCallersLeaveMeetsTheEndOfTheAttempt() throws Exception {
		CallEnd[] ends = new CallEnd[CALLS];
		CallAttempt[] attempts = new CallAttempt[CALLS];
		for (int index = 0; index < CALLS; index++) {
			CallLog log = new CallLog("default", ChatRequest.of("Hi"), this.listeners);
			CallHistory history = new CallHistory();
			ends[index] = new CallEnd(log, history, this.environment);
			attempts[index] = new CallAttempt(
					new CallState(null, null, null, null, null, history, null, log, ends[index]), 1, this.candidate);
			assertThat(ends[index].mayBegin()).isTrue();
			ends[index].began(attempts[index]);
		}
		AtomicInteger begun = new AtomicInteger();
		CompletableFuture<Void> attempt = CompletableFuture.runAsync(() -> together(begun, (index) -> {
			ends[index].left(attempts[index]);
		}), (work) -> new Thread(work).start());
		together(begun, (index) -> ends[index].cancelled());
		attempt.get(1, TimeUnit.MINUTES);
		assertThat(this.told.sum()).isEqualTo(CALLS);
	}

	/** Each of two threads waits for the other one before each step. */
	private static void together(AtomicInteger arrived, Step step) {
		for (int index = 0; index < CALLS; index++) {
			arrived.incrementAndGet();
			for (int spins = 0; arrived.get() < 2 * (index + 1); spins++) {
				if (spins % 1000 == 999) {
					Thread.yield();
				}
			}
			step.run(index);
		}
	}

	private void count(FailoverEvent event) {
		if (event instanceof FailoverEvent.CallEnded) {
			this.told.increment();
		}
	}

	private interface Step {

		void run(int index);

	}

}
