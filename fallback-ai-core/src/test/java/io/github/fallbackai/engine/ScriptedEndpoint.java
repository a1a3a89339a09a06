// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.budget.EndpointBudget;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.RetrySettings;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * An endpoint whose answers are written in advance and that logs what is done to it.
 */
public final class ScriptedEndpoint implements EndpointClient, EndpointGate {

	private final String name;

	private final List<String> log;

	private final Scheduler time;

	private final Endpoint endpoint;

	private final Deque<Flux<EndpointEvent>> script = new ArrayDeque<>();

	final List<EndpointRequest> requests = new ArrayList<>();

	Availability availability = Availability.AVAILABLE;

	boolean raceLost;

	/** Happens while a permit is taken. */
	Runnable entering = () -> {
	};

	/** How many calls find a place and lose it to another call. */
	int racesToLose;

	/** Done after each look at the gate. */
	Runnable afterCheck = () -> {
	};

	public int preference;

	public double usableShare = 1;

	public String unsupported;

	/** What the client throws instead of answering. */
	Error broken;

	boolean probe;

	/** Sends a probe that no call makes. */
	Runnable prober;

	Duration probeLimit = Duration.ofSeconds(10);

	EndpointBudget budget = EndpointBudget.UNLIMITED;

	private RetrySettings retry = RetrySettings.DEFAULTS;

	private Candidate candidate;

	public ScriptedEndpoint(String name, List<String> log, Scheduler time, UnaryOperator<EndpointBuilder> settings) {
		this.name = name;
		this.log = log;
		this.time = time;
		this.endpoint = settings
			.apply(Endpoint.named(name).url(URI.create("http://localhost/" + name)).model("model-" + name))
			.build();
	}

	public Candidate candidate() {
		if (this.candidate == null) {
			this.candidate = new Candidate(this.endpoint, this, this, this.retry, this.budget);
		}
		return this.candidate;
	}

	public Endpoint endpoint() {
		return this.endpoint;
	}

	public ScriptedEndpoint retry(RetrySettings retry) {
		this.retry = retry;
		return this;
	}

	/** Answers the next request with these events. */
	public ScriptedEndpoint emits(Flux<EndpointEvent> events) {
		this.script.add(events);
		return this;
	}

	public ScriptedEndpoint answers(String... pieces) {
		return emits(texts(pieces).concatWith(finish()));
	}

	public ScriptedEndpoint fails(Failure.Builder failure) {
		return emits(Flux.error(new EndpointException(failure.build())));
	}

	public ScriptedEndpoint fails(FailureKind kind) {
		return fails(Failure.of(kind));
	}

	public ScriptedEndpoint hangs() {
		return emits(Flux.never());
	}

	public ScriptedEndpoint open(Duration remaining) {
		this.availability = new Availability(SkipReason.BREAKER_OPEN, null, remaining);
		return this;
	}

	/** Emits the events one by one, each this long after the one before. */
	public Flux<EndpointEvent> paced(Duration pace, Flux<EndpointEvent> events) {
		return events.delayElements(pace, this.time);
	}

	public static Flux<EndpointEvent> texts(String... pieces) {
		return Flux.fromArray(pieces).map(EndpointEvent.Text::new);
	}

	public static Flux<EndpointEvent> finish() {
		return finish(FinishReason.STOP);
	}

	public static Flux<EndpointEvent> finish(FinishReason reason) {
		return Flux.just(new EndpointEvent.Finished(reason, null));
	}

	public static Flux<EndpointEvent> failure(FailureKind kind) {
		return Flux.error(new EndpointException(Failure.of(kind).build()));
	}

	@Override
	public Flux<EndpointEvent> exchange(EndpointRequest request) {
		this.requests.add(request);
		this.log.add(this.name + " called");
		if (this.broken != null) {
			throw this.broken;
		}
		Flux<EndpointEvent> events = this.script.poll();
		if (events == null) {
			throw new IllegalStateException("unexpected call of " + this.name);
		}
		return events.doOnCancel(() -> this.log.add(this.name + " cancelled"));
	}

	@Override
	public String unsupported(ChatRequest request) {
		return this.unsupported;
	}

	@Override
	public double usableShare() {
		return this.usableShare;
	}

	@Override
	public int preference() {
		return this.preference;
	}

	@Override
	public Availability check(Load load) {
		Availability found = this.availability;
		this.afterCheck.run();
		return found;
	}

	@Override
	public Permit tryEnter(Load load) {
		this.entering.run();
		boolean lost = this.raceLost || this.racesToLose-- > 0;
		return lost ? null : new LoggedPermit();
	}

	@Override
	public void probedBy(Runnable prober) {
		this.prober = prober;
	}

	@Override
	public Permit tryProbe() {
		return tryEnter(Load.INTERACTIVE);
	}

	@Override
	public Duration probeLimit() {
		return this.probeLimit;
	}

	@Override
	public Duration totalLimit() {
		return this.endpoint.limits().total();
	}

	@Override
	public boolean needsProbe() {
		return this.probe;
	}

	@Override
	public String circuitBreaker() {
		return this.availability.available() ? "CLOSED" : "OPEN";
	}

	@Override
	public FailureKind lastFailure() {
		return null;
	}

	private final class LoggedPermit implements Permit {

		@Override
		public boolean probe() {
			return ScriptedEndpoint.this.probe;
		}

		@Override
		public void firstContent(Duration timeToFirstContent) {
			ScriptedEndpoint.this.log
				.add(ScriptedEndpoint.this.name + " first content after " + timeToFirstContent.toMillis());
		}

		@Override
		public void exhausted(Duration renewedIn) {
			ScriptedEndpoint.this.log.add(ScriptedEndpoint.this.name + " exhausted for " + renewedIn.toMillis());
		}

		@Override
		public void succeeded() {
			ScriptedEndpoint.this.log.add(ScriptedEndpoint.this.name + " succeeded");
		}

		@Override
		public void failed(Failure failure) {
			ScriptedEndpoint.this.log.add(ScriptedEndpoint.this.name + " failed " + failure
					+ (failure.countsAgainstBreaker() ? ", counts" : ", neutral"));
		}

		@Override
		public void released() {
			ScriptedEndpoint.this.log.add(ScriptedEndpoint.this.name + " released");
		}

	}

}
