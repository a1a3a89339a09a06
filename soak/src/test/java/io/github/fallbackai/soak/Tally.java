// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.observation.AttemptObservationContext;
import io.github.fallbackai.observation.CallObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Counts what begins and what ends in one application: by its observations, and by its
 * events. Each must end once.
 */
final class Tally implements ObservationHandler<Observation.Context>, ImmediateCallListener {

	/** What ends twice does so at about the same time. */
	private static final int REMEMBERED = 20_000;

	private static final int MOST_FINDINGS = 20;

	private final Map<Observation.Context, Long> open = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	private final Set<String> ended = Collections
		.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
				return size() > REMEMBERED;
			}

		}));

	private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();

	private final AtomicInteger found = new AtomicInteger();

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	public void onStart(Observation.Context context) {
		this.open.put(context, System.nanoTime());
		count(kind(context) + " begun");
		if (context instanceof CallObservationContext call && !ofGateway(call.getCall().useCase())) {
			count("direct calls begun");
		}
	}

	@Override
	public void onStop(Observation.Context context) {
		count(kind(context) + " ended");
		if (this.open.remove(context) == null) {
			found("an observation that ended twice: " + kind(context) + ' ' + context.getLowCardinalityKeyValues());
		}
	}

	@Override
	public void onEvent(FailoverEvent event) {
		if (event instanceof FailoverEvent.CallEnded call) {
			count("calls told");
			count("calls " + call.outcome());
			once("call " + call.call().id());
		}
		else if (event instanceof FailoverEvent.AttemptEnded attempt) {
			count("attempts told");
			count("attempts " + attempt.attempt().outcome());
			once("attempt " + attempt.attempt().number() + " of call " + attempt.call().id());
		}
		else {
			count(event.getClass().getSimpleName());
		}
	}

	private void once(String what) {
		if (!this.ended.add(what)) {
			found("told twice that it ended: " + what);
		}
	}

	private void found(String finding) {
		if (this.found.incrementAndGet() <= MOST_FINDINGS) {
			this.findings.add(finding);
		}
	}

	private static boolean ofGateway(String useCase) {
		return useCase != null && useCase.startsWith("gateway.");
	}

	private static String kind(Observation.Context context) {
		if (context instanceof CallObservationContext) {
			return "calls";
		}
		return (context instanceof AttemptObservationContext) ? "attempts" : context.getName();
	}

	private void count(String what) {
		this.counts.computeIfAbsent(what, (key) -> new LongAdder()).increment();
	}

	long of(String what) {
		LongAdder count = this.counts.get(what);
		return (count != null) ? count.sum() : 0;
	}

	/** Observations that have begun and not ended, by kind. */
	Map<String, Long> open() {
		Map<String, Long> kinds = new TreeMap<>();
		this.open.keySet().forEach((context) -> kinds.merge(kind(context), 1L, Long::sum));
		return kinds;
	}

	/** Some of the calls and attempts that have begun and not ended. */
	String openDetails() {
		StringBuilder details = new StringBuilder();
		long now = System.nanoTime();
		this.open.entrySet().stream().limit(5).forEach((entry) -> {
			Observation.Context context = entry.getKey();
			details.append(kind(context))
				.append(", ")
				.append((now - entry.getValue()) / 1_000_000_000)
				.append(" s old");
			if (context instanceof CallObservationContext call) {
				details.append(", ").append(call.getCall()).append(", end ").append(call.getEnd());
			}
			if (context instanceof AttemptObservationContext attempt) {
				details.append(", ")
					.append(attempt.getCall())
					.append(", number ")
					.append(attempt.getNumber())
					.append(" at ")
					.append(attempt.getEndpoint().name())
					.append(", end ")
					.append(attempt.getAttempt());
			}
			details.append("; ");
		});
		return details.toString();
	}

	Map<String, LongAdder> counts() {
		return new TreeMap<>(this.counts);
	}

	int foundCount() {
		return this.found.get();
	}

	ConcurrentLinkedQueue<String> findings() {
		return this.findings;
	}

}
