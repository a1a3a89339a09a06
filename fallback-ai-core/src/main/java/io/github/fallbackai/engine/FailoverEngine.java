// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.engine.timing.ConsumerWatch;
import io.github.fallbackai.engine.timing.Deadline;
import io.github.fallbackai.engine.timing.WatchedFlux;
import io.github.fallbackai.engine.waiting.WaitingRoom;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.relay.RelayedEvent;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.status.StatusVersions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs calls over chains of candidates. Unary and streaming calls are the same code: a
 * caller that waits for the whole answer takes only the last event. Safe for use by
 * several threads.
 */
public final class FailoverEngine {

	private final CandidateChains chains;

	private final CallEnvironment environment;

	private final StatusReporter reporter;

	private final LastServed lastServed = new LastServed();

	private final StatusVersions versions = new StatusVersions();

	/**
	 * Creates an engine that estimates tokens roughly.
	 * @param chains the candidates and how calls are carried out
	 * @param listeners are told what happens
	 * @param scheduler clock and timers
	 * @param consumerStall how long a consumer may take nothing before its call is given
	 * up
	 */
	public FailoverEngine(CandidateChains chains, List<CallListener> listeners, Scheduler scheduler,
			Duration consumerStall) {
		this(chains, listeners, scheduler, consumerStall, TokenEstimator.ROUGH);
	}

	/**
	 * Creates an engine.
	 * @param chains the candidates and how calls are carried out
	 * @param listeners are told what happens
	 * @param scheduler clock and timers
	 * @param consumerStall how long a consumer may take nothing before its call is given
	 * up
	 * @param tokenEstimator tells whether a request fits into a context window
	 */
	public FailoverEngine(CandidateChains chains, List<CallListener> listeners, Scheduler scheduler,
			Duration consumerStall, TokenEstimator tokenEstimator) {
		this.chains = chains;
		AttemptPlanner planner = new AttemptPlanner();
		List<CallListener> all = new ArrayList<>(listeners);
		all.add(0, this.lastServed);
		this.environment = new CallEnvironment(planner, new WaitingRoom(scheduler), new HedgeBudget(),
				new CallListeners(all), scheduler, consumerStall, tokenEstimator);
		this.reporter = new StatusReporter(planner);
		Prober prober = new Prober(this.environment);
		chains.all().stream().flatMap((chain) -> chain.candidates().stream()).distinct().forEach(prober::attach);
	}

	/**
	 * Prepares a call; every subscription is a call of its own. Fails with
	 * {@link IllegalArgumentException} if the request names an unknown chain.
	 * @param request what to ask
	 * @param delivery what the caller sees before the answer is complete
	 * @return the events, {@link ChatEvent.Completed} last
	 */
	public Flux<ChatEvent> call(ChatRequest request, Delivery delivery) {
		return Flux.defer(() -> {
			CandidateChain chain = this.chains.get(request.options().chain());
			return call(chain, request, delivery).events();
		});
	}

	/**
	 * Prepares one of several calls that share a deadline. Fails like
	 * {@link #call(ChatRequest, Delivery)}.
	 * @param request what to ask
	 * @param delivery what the caller sees before the answer is complete
	 * @param deadline the deadline, for one subscription
	 * @param stayAt name of the endpoint to ask first, {@code null} for the chain's order
	 * @return the events, {@link ChatEvent.Completed} last
	 */
	public Flux<ChatEvent> call(ChatRequest request, Delivery delivery, Deadline deadline, @Nullable String stayAt) {
		return Flux.defer(() -> {
			CandidateChain chain = this.chains.get(request.options().chain());
			return new FailoverCall(this.environment, chain, chain.order(request, stayAt), request, delivery, deadline)
				.events();
		});
	}

	/**
	 * Watches the consumer of what happens between calls that share a deadline, as it is
	 * watched during a call: its pauses do not count, but must not be too long.
	 * @param events what happens
	 * @param deadline the deadline, which no call uses any more
	 * @param onStall says with which error a pause that is too long ends the events
	 */
	public Flux<ChatEvent> watched(Flux<ChatEvent> events, Deadline deadline, Supplier<Throwable> onStall) {
		return new WatchedFlux<>(events, (subscriber) -> new ConsumerWatch(subscriber, this.environment.consumerStall(),
				deadline, this.environment.scheduler(), (held) -> onStall.get()));
	}

	private FailoverCall call(CandidateChain chain, ChatRequest request, Delivery delivery) {
		return new FailoverCall(this.environment, chain, chain.order(request, null), request, delivery,
				deadline(chain, request, delivery));
	}

	/**
	 * The deadline for a request, which begins now.
	 * @param request what to ask
	 * @param delivery what the caller sees before the answer is complete
	 * @return the deadline
	 * @throws IllegalArgumentException if there is no such chain
	 */
	public Deadline deadline(ChatRequest request, Delivery delivery) {
		return deadline(this.chains.get(request.options().chain()), request, delivery);
	}

	private Deadline deadline(CandidateChain chain, ChatRequest request, Delivery delivery) {
		Duration limit = request.options().deadline();
		return new Deadline((limit != null) ? limit : chain.settings().deadline(), delivery != Delivery.WHOLE,
				this.environment.scheduler());
	}

	/**
	 * Prepares a call whose events the caller passes on and cannot take back. Fails like
	 * {@link #call}.
	 * @param request what to ask
	 * @return the events, {@link ChatEvent.Completed} last
	 */
	public Flux<RelayedEvent> relay(ChatRequest request) {
		return Flux.defer(() -> {
			CandidateChain chain = this.chains.get(request.options().chain());
			return call(chain, request, Delivery.RELAY).relayed();
		});
	}

	/**
	 * Asks an endpoint, and others of its model group, how many tokens a request has.
	 * @param request what would be asked
	 * @param endpoint name of the endpoint, in the request's chain
	 * @return the number, empty if no endpoint can say
	 */
	public Mono<Long> countTokens(ChatRequest request, String endpoint) {
		return Mono.defer(() -> new TokenInquiry(this.environment.scheduler())
			.count(this.chains.get(request.options().chain()), request, endpoint));
	}

	/**
	 * Name of the chain to which a request goes.
	 * @throws IllegalArgumentException if there is no such chain
	 */
	public String chain(ChatRequest request) {
		return this.chains.get(request.options().chain()).name();
	}

	/**
	 * Makes sure that a chain exists.
	 * @param name the chain's name
	 * @throws IllegalArgumentException if there is no such chain
	 */
	public void requireChain(String name) {
		this.chains.get(name);
	}

	/**
	 * The present state, without side effects.
	 * @param chain name of the chain to report as the default one, {@code null} for the
	 * one that is
	 * @return the state of all chains
	 * @throws IllegalArgumentException if there is no such chain
	 */
	public FallbackStatus status(@Nullable String chain) {
		FallbackStatus status = this.versions.versioned(this.reporter.report(this.chains, this.lastServed.endpoint()));
		return (chain != null) ? status.seenFrom(chain) : status;
	}

}
