// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.util.List;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.engine.Delivery;
import io.github.fallbackai.engine.FailoverEngine;
import io.github.fallbackai.relay.Relay;
import io.github.fallbackai.relay.RelayedEvent;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.tools.ToolExecutor;
import io.github.fallbackai.tools.ToolLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The standard {@link AiFallbackOperations}. Spring Boot applications inject it. Other
 * programs get one from {@link #builder()}. Safe for use by several threads.
 */
public class AiFallbackTemplate implements AiFallbackOperations, Relay, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AiFallbackTemplate.class);

	private final FailoverEngine engine;

	private final ToolLoops toolLoops;

	private final List<AutoCloseable> owned;

	AiFallbackTemplate(FailoverEngine engine, ToolLoops toolLoops, List<AutoCloseable> owned) {
		this.engine = engine;
		this.toolLoops = toolLoops;
		this.owned = List.copyOf(owned);
	}

	/** Starts a template without Spring Boot. */
	public static AiFallbackTemplateBuilder builder() {
		return new AiFallbackTemplateBuilder();
	}

	@Override
	public Mono<ChatResponse> chat(ChatRequest request) {
		return answer(this.engine.call(request, Delivery.WHOLE));
	}

	@Override
	public Mono<ChatResponse> chat(ChatRequest request, ToolExecutor tools, int maxRounds) {
		return answer(this.toolLoops.run(request, tools, maxRounds, false));
	}

	private static Mono<ChatResponse> answer(Flux<ChatEvent> events) {
		return events.ofType(ChatEvent.Completed.class)
			.map(ChatEvent.Completed::response)
			// Empty if the caller cancelled just before the answer. An error would reach
			// no subscriber then.
			.singleOrEmpty();
	}

	@Override
	public Flux<String> streamText(ChatRequest request) {
		return this.engine.call(request, Delivery.TEXT)
			.ofType(ChatEvent.ContentDelta.class)
			.map(ChatEvent.ContentDelta::text);
	}

	@Override
	public Flux<ChatEvent> stream(ChatRequest request) {
		return this.engine.call(request, Delivery.EVENTS);
	}

	@Override
	public Flux<ChatEvent> stream(ChatRequest request, ToolExecutor tools, int maxRounds) {
		return this.toolLoops.run(request, tools, maxRounds, true);
	}

	/** Internal: for the gateway. */
	@Override
	public Flux<RelayedEvent> relay(ChatRequest request) {
		return this.engine.relay(request);
	}

	/** Internal: for the gateway. */
	@Override
	public Mono<Long> countTokens(ChatRequest request, String endpoint) {
		return this.engine.countTokens(request, endpoint);
	}

	@Override
	public AiFallbackOperations chain(String name) {
		this.engine.requireChain(name);
		return new ChainOperations(this, this.engine, name);
	}

	@Override
	public FallbackStatus status() {
		return this.engine.status(null);
	}

	/** Closes the connections and subscriptions that the template made itself. */
	@Override
	public void close() {
		for (AutoCloseable resource : this.owned) {
			try {
				resource.close();
			}
			catch (Exception ex) {
				logger.warn("Could not close {}", resource.getClass().getName(), ex);
			}
		}
	}

}
