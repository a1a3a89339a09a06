// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.policy.CallSettings;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A chain of scripted endpoints in virtual time, and the log of all that happened.
 */
final class Scenario {

	final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	final List<String> log = new CopyOnWriteArrayList<>();

	final List<FailoverEvent> events = new CopyOnWriteArrayList<>();

	private final List<ScriptedEndpoint> endpoints = new ArrayList<>();

	private CallSettings settings = CallSettings.DEFAULTS;

	private FailoverEngine engine;

	ScriptedEndpoint endpoint(String name) {
		return endpoint(name, UnaryOperator.identity());
	}

	ScriptedEndpoint endpoint(String name, UnaryOperator<EndpointBuilder> settings) {
		ScriptedEndpoint endpoint = new ScriptedEndpoint(name, this.log, this.time, settings);
		this.endpoints.add(endpoint);
		return endpoint;
	}

	Scenario settings(CallSettings settings) {
		this.settings = settings;
		return this;
	}

	FailoverEngine engine() {
		if (this.engine == null) {
			List<Candidate> candidates = this.endpoints.stream().map(ScriptedEndpoint::candidate).toList();
			this.engine = new FailoverEngine(
					CandidateChains.of(new CandidateChain("default", candidates, this.settings)),
					List.of(this.events::add), this.time, Duration.ofMinutes(2));
		}
		return this.engine;
	}

	Caller stream() {
		return call(ChatRequest.of("hello"), Delivery.EVENTS);
	}

	Caller ask() {
		return call(ChatRequest.of("hello"), Delivery.WHOLE);
	}

	Caller call(ChatRequest request, Delivery delivery) {
		Caller caller = new Caller(Long.MAX_VALUE);
		engine().call(request, delivery).subscribe(caller);
		return caller;
	}

	Caller streamWithDemand(long demand) {
		Caller caller = new Caller(demand);
		engine().call(ChatRequest.of("hello"), Delivery.EVENTS).subscribe(caller);
		return caller;
	}

	void advance(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	/**
	 * Remembers what a caller receives.
	 */
	static final class Caller extends BaseSubscriber<ChatEvent> {

		private final long demand;

		final List<ChatEvent> received = new ArrayList<>();

		Throwable error;

		boolean completed;

		Caller(long demand) {
			this.demand = demand;
		}

		@Override
		protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
			if (this.demand > 0) {
				request(this.demand);
			}
		}

		@Override
		protected void hookOnNext(ChatEvent event) {
			this.received.add(event);
		}

		@Override
		protected void hookOnError(Throwable error) {
			this.error = error;
		}

		@Override
		protected void hookOnComplete() {
			this.completed = true;
		}

		String text() {
			StringBuilder text = new StringBuilder();
			this.received.forEach((event) -> {
				if (event instanceof ChatEvent.ContentDelta delta) {
					text.append(delta.text());
				}
			});
			return text.toString();
		}

		String textAfterLastDiscard() {
			StringBuilder text = new StringBuilder();
			this.received.forEach((event) -> {
				if (event instanceof ChatEvent.ContentDelta delta) {
					text.append(delta.text());
				}
				else if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
					text.setLength(0);
				}
			});
			return text.toString();
		}

		ChatEvent.Completed result() {
			if (!this.completed) {
				throw new AssertionError("no answer yet", this.error);
			}
			return (ChatEvent.Completed) this.received.get(this.received.size() - 1);
		}

	}

}
