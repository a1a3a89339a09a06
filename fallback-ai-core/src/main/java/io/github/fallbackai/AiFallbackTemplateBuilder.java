// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.http.HttpEndpointClient;
import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.endpoint.Bounds;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.engine.FailoverEngine;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.CallListeners;
import io.github.fallbackai.event.DispatchedListener;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.event.LoggingCallListener;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RetrySettings;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.tools.ToolLoops;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Collects what an {@link AiFallbackTemplate} needs. Endpoints are required, everything
 * else has a default. Not safe for use by several threads.
 */
public final class AiFallbackTemplateBuilder {

	private final Map<Endpoint, RetrySettings> endpoints = new LinkedHashMap<>();

	private @Nullable List<CallListener> listeners;

	private final Map<Chain, CallSettings> chains = new LinkedHashMap<>();

	private @Nullable String defaultChain;

	private CallSettings settings = CallSettings.DEFAULTS;

	private @Nullable EndpointGates gates;

	private @Nullable EndpointBudgets budgets;

	private @Nullable Function<Endpoint, EndpointClient> clients;

	private @Nullable Drills drills;

	private TokenEstimator tokenEstimator = TokenEstimator.ROUGH;

	private Duration consumerStall = Duration.ofMinutes(2);

	private @Nullable Scheduler scheduler;

	AiFallbackTemplateBuilder() {
	}

	/** Adds an endpoint after those added before; it is not retried. */
	public AiFallbackTemplateBuilder endpoint(Endpoint endpoint) {
		return endpoint(endpoint, RetrySettings.DEFAULTS);
	}

	/** Adds an endpoint after those added before. */
	public AiFallbackTemplateBuilder endpoint(Endpoint endpoint, RetrySettings retry) {
		this.endpoints.put(endpoint, retry);
		return this;
	}

	/**
	 * Adds a chain, and those of its endpoints that were not added before, without
	 * retries. Several chains may share endpoints, and with them breakers and cool-downs.
	 * Without any chain there is one of all endpoints, {@value Chain#DEFAULT}.
	 * @param chain name and endpoints
	 * @param settings how calls of this chain are carried out
	 * @return this builder
	 */
	public AiFallbackTemplateBuilder chain(Chain chain, CallSettings settings) {
		chain.endpoints().forEach((endpoint) -> this.endpoints.putIfAbsent(endpoint, RetrySettings.DEFAULTS));
		this.chains.put(chain, settings);
		return this;
	}

	/** Name of the chain for calls that name none; the first chain unless set. */
	public AiFallbackTemplateBuilder defaultChain(String defaultChain) {
		this.defaultChain = defaultChain;
		return this;
	}

	/**
	 * How calls of the chain of all endpoints are carried out;
	 * {@link CallSettings#DEFAULTS} unless set. This chain exists only if no other was
	 * added.
	 */
	public AiFallbackTemplateBuilder settings(CallSettings settings) {
		this.settings = settings;
		return this;
	}

	/**
	 * The gates before the endpoints, built for exactly these. Unless set, the template
	 * makes its own and closes them.
	 */
	public AiFallbackTemplateBuilder gates(EndpointGates gates) {
		this.gates = gates;
		return this;
	}

	/**
	 * The budgets of exactly these endpoints. Unless set, each spend limit holds for this
	 * template alone.
	 */
	public AiFallbackTemplateBuilder budgets(EndpointBudgets budgets) {
		this.budgets = budgets;
		return this;
	}

	/**
	 * Gives the client of an endpoint. Unless set, the template speaks the formats of
	 * OpenAI, Azure OpenAI, Anthropic and Gemini over its own connections, and closes
	 * them.
	 */
	public AiFallbackTemplateBuilder clients(Function<Endpoint, EndpointClient> clients) {
		this.clients = clients;
		return this;
	}

	/**
	 * Lets failures of these endpoints be rehearsed. The drills must have the same
	 * {@linkplain #gates gates}; unless set, there are none.
	 */
	public AiFallbackTemplateBuilder drills(Drills drills) {
		this.drills = drills;
		return this;
	}

	/**
	 * Replaces the listeners. Unless set, there is one listener, which logs. Calls do not
	 * wait for them, unless they are
	 * {@linkplain io.github.fallbackai.event.ImmediateCallListener immediate}.
	 */
	public AiFallbackTemplateBuilder listeners(List<CallListener> listeners) {
		this.listeners = List.copyOf(listeners);
		return this;
	}

	/**
	 * How long a consumer may take nothing before its call is given up; 2 min unless set.
	 */
	public AiFallbackTemplateBuilder consumerStall(Duration consumerStall) {
		this.consumerStall = Bounds.positive("limits.consumer-stall", consumerStall);
		return this;
	}

	/**
	 * The clock and the timers of calls, breakers, cool-downs and budgets. Unless set,
	 * those of the gates that are set, else {@link Schedulers#parallel()}. Its
	 * nanoseconds must never go back. Gates, budgets and clients that are set have clocks
	 * of their own. The timers of connections always follow real time.
	 */
	public AiFallbackTemplateBuilder scheduler(Scheduler scheduler) {
		this.scheduler = scheduler;
		return this;
	}

	/**
	 * Tells whether a request fits into an endpoint's context window;
	 * {@link TokenEstimator#ROUGH} unless set.
	 */
	public AiFallbackTemplateBuilder tokenEstimator(TokenEstimator tokenEstimator) {
		this.tokenEstimator = tokenEstimator;
		return this;
	}

	/**
	 * Builds the template.
	 * @return the template; closing it closes what it made itself
	 * @throws IllegalArgumentException if there is no endpoint, if two chains have the
	 * same name, or if no chain has the name of the default one
	 */
	public AiFallbackTemplate build() {
		List<AutoCloseable> owned = new ArrayList<>();
		AtomicReference<AiFallbackTemplate> template = new AtomicReference<>();
		List<CallListener> listeners = listeners(owned, template);
		EndpointGates gates = (this.gates != null) ? this.gates : ownGates(listeners, owned);
		Function<Endpoint, EndpointClient> configured = (this.clients != null) ? this.clients : ownClients(owned);
		Function<Endpoint, EndpointClient> clients = (this.drills != null) ? this.drills.around(configured)
				: configured;
		EndpointBudgets budgets = (this.budgets != null) ? this.budgets
				: EndpointBudgets.local(this.endpoints.keySet(), timers());
		Map<Endpoint, Candidate> candidates = new LinkedHashMap<>();
		this.endpoints.forEach((endpoint, retry) -> candidates.put(endpoint, new Candidate(endpoint,
				gates.gate(endpoint), clients.apply(endpoint), retry, budgets.budget(endpoint))));
		FailoverEngine engine = new FailoverEngine(chains(candidates), listeners, timers(), this.consumerStall,
				this.tokenEstimator);
		ToolLoops toolLoops = new ToolLoops(engine, new CallListeners(listeners), timers());
		AiFallbackTemplate built = new AiFallbackTemplate(engine, toolLoops, owned);
		template.set(built);
		return built;
	}

	private CandidateChains chains(Map<Endpoint, Candidate> candidates) {
		List<CandidateChain> chains = new ArrayList<>();
		this.chains.forEach((chain, settings) -> chains
			.add(new CandidateChain(chain.name(), chain.endpoints().stream().map(candidates::get).toList(), settings)));
		if (chains.isEmpty()) {
			chains.add(new CandidateChain(Chain.DEFAULT, List.copyOf(candidates.values()), this.settings));
		}
		return new CandidateChains(chains, (this.defaultChain != null) ? this.defaultChain : chains.get(0).name());
	}

	private List<CallListener> listeners(List<AutoCloseable> owned, AtomicReference<AiFallbackTemplate> template) {
		if (this.listeners == null) {
			return List.of(new LoggingCallListener(() -> {
				AiFallbackTemplate built = template.get();
				return (built != null) ? built.status() : null;
			}));
		}
		List<CallListener> listeners = new ArrayList<>();
		for (CallListener listener : this.listeners) {
			if (listener instanceof ImmediateCallListener) {
				listeners.add(listener);
			}
			else {
				DispatchedListener dispatched = new DispatchedListener(listener);
				owned.add(dispatched);
				listeners.add(dispatched);
			}
		}
		return listeners;
	}

	private EndpointGates ownGates(List<CallListener> listeners, List<AutoCloseable> owned) {
		EndpointGates gates = EndpointGates.builder()
			.endpoints(List.copyOf(this.endpoints.keySet()))
			.listener(new CallListeners(listeners))
			.scheduler(timers())
			.clock(nanoClock())
			.stateStore(new InMemoryStateStore(nanoClock()))
			.build();
		owned.add(gates);
		return gates;
	}

	private Scheduler timers() {
		if (this.scheduler != null) {
			return this.scheduler;
		}
		return (this.gates != null) ? this.gates.scheduler() : Schedulers.parallel();
	}

	private LongSupplier nanoClock() {
		Scheduler scheduler = timers();
		return () -> scheduler.now(TimeUnit.NANOSECONDS);
	}

	private Function<Endpoint, EndpointClient> ownClients(List<AutoCloseable> owned) {
		NettyWire wire = NettyWire.builder().build();
		owned.add(wire);
		Map<String, EndpointClient> clients = new LinkedHashMap<>();
		for (Dialect dialect : StandardDialects.all()) {
			clients.put(dialect.provider(), HttpEndpointClient.builder(dialect, wire).clock(nanoClock()).build());
		}
		return (endpoint) -> {
			EndpointClient client = clients.get(endpoint.provider());
			if (client == null) {
				throw new IllegalArgumentException("provider of endpoint '" + endpoint.name() + "': "
						+ endpoint.provider() + " (expected: one of " + clients.keySet() + ", or clients of your own)");
			}
			return client;
		};
	}

}
