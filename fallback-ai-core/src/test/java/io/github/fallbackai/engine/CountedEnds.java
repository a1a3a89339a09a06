// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.observation.ObservingCallListener;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counts what listeners are told of calls and attempts, and what is observed of them.
 */
final class CountedEnds implements ImmediateCallListener {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Map<String, Observed> observed = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> endsOfCalls = new ConcurrentHashMap<>();

	private final Map<String, Set<Integer>> numbersOfAttempts = new ConcurrentHashMap<>();

	private final LongAdder attemptsEnded = new LongAdder();

	private final LongAdder attemptsOfCalls = new LongAdder();

	CountedEnds() {
		this.registry.observationConfig().observationHandler(new Counting());
	}

	ObservingCallListener observer() {
		return new ObservingCallListener(this.registry, null, null);
	}

	@Override
	public void onEvent(FailoverEvent event) {
		if (event instanceof FailoverEvent.CallEnded ended) {
			this.endsOfCalls.computeIfAbsent(ended.call().id(), (id) -> new AtomicInteger()).incrementAndGet();
			this.attemptsOfCalls.add(ended.attempts());
		}
		else if (event instanceof FailoverEvent.AttemptEnded ended) {
			this.attemptsEnded.increment();
			this.numbersOfAttempts.computeIfAbsent(ended.call().id(), (id) -> ConcurrentHashMap.newKeySet())
				.add(ended.attempt().number());
		}
	}

	void assertAllTold(String seed) {
		Observed ofCalls = observed("fallback.ai.call");
		Observed ofAttempts = observed("gen_ai.client.operation.duration");
		String counts = seed + ": " + this;
		assertThat(ofCalls.active()).as(counts).isZero();
		assertThat(ofAttempts.active()).as(counts).isZero();
		assertThat(this.endsOfCalls).as(counts)
			.hasSize(ofCalls.stopped.intValue())
			.allSatisfy((id, ends) -> assertThat(ends).hasValue(1));
		assertThat(this.attemptsEnded.sum()).as(counts)
			.isEqualTo(ofAttempts.stopped.sum())
			.isEqualTo(this.attemptsOfCalls.sum());
		assertThat(this.numbersOfAttempts.values().stream().mapToLong(Set::size).sum())
			.as("%s: attempts by their numbers", counts)
			.isEqualTo(this.attemptsEnded.sum());
	}

	@Override
	public String toString() {
		return "calls %s, attempts %s; told: %d calls, %s attempts, %s attempts of calls".formatted(
				observed("fallback.ai.call"), observed("gen_ai.client.operation.duration"), this.endsOfCalls.size(),
				this.attemptsEnded, this.attemptsOfCalls);
	}

	private Observed observed(String name) {
		return this.observed.computeIfAbsent(name, (any) -> new Observed());
	}

	private static final class Observed {

		private final LongAdder started = new LongAdder();

		private final LongAdder stopped = new LongAdder();

		private long active() {
			return this.started.sum() - this.stopped.sum();
		}

		@Override
		public String toString() {
			return this.stopped + " of " + this.started + " stopped";
		}

	}

	private final class Counting implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			observed(context.getName()).started.increment();
		}

		@Override
		public void onStop(Observation.Context context) {
			observed(context.getName()).stopped.increment();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
