// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.engine.FailoverEngine;
import io.github.fallbackai.relay.Relay;
import io.github.fallbackai.relay.RelayedEvent;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.tools.ToolExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The operations of a template, for one of its chains.
 */
final class ChainOperations implements AiFallbackOperations, Relay {

	private final AiFallbackTemplate template;

	private final FailoverEngine engine;

	private final String chain;

	ChainOperations(AiFallbackTemplate template, FailoverEngine engine, String chain) {
		this.template = template;
		this.engine = engine;
		this.chain = chain;
	}

	@Override
	public Mono<ChatResponse> chat(ChatRequest request) {
		return this.template.chat(here(request));
	}

	@Override
	public Flux<String> streamText(ChatRequest request) {
		return this.template.streamText(here(request));
	}

	@Override
	public Flux<ChatEvent> stream(ChatRequest request) {
		return this.template.stream(here(request));
	}

	@Override
	public Mono<ChatResponse> chat(ChatRequest request, ToolExecutor tools, int maxRounds) {
		return this.template.chat(here(request), tools, maxRounds);
	}

	@Override
	public Flux<ChatEvent> stream(ChatRequest request, ToolExecutor tools, int maxRounds) {
		return this.template.stream(here(request), tools, maxRounds);
	}

	@Override
	public Flux<RelayedEvent> relay(ChatRequest request) {
		return this.template.relay(here(request));
	}

	@Override
	public Mono<Long> countTokens(ChatRequest request, String endpoint) {
		return this.template.countTokens(here(request), endpoint);
	}

	@Override
	public AiFallbackOperations chain(String name) {
		return this.template.chain(name);
	}

	@Override
	public FallbackStatus status() {
		return this.engine.status(this.chain);
	}

	/** A request that names a chain itself goes to that chain. */
	private ChatRequest here(ChatRequest request) {
		if (request.options().chain() != null) {
			return request;
		}
		return request.toBuilder().options(request.options().withChain(this.chain)).build();
	}

}
