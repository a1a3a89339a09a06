// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.engine.Delivery;
import io.github.fallbackai.engine.FailoverEngine;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.CallListeners;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Internal: asks models and runs the tools that they call. Safe for use by several
 * threads.
 */
public final class ToolLoops {

	private final FailoverEngine engine;

	private final CallListeners listeners;

	private final Scheduler scheduler;

	/**
	 * @param engine asks the models
	 * @param listeners are told about tools
	 * @param scheduler clock and timers, those of the engine
	 */
	public ToolLoops(FailoverEngine engine, CallListeners listeners, Scheduler scheduler) {
		this.engine = engine;
		this.listeners = listeners;
		this.scheduler = scheduler;
	}

	/**
	 * Prepares a loop; every subscription is a loop of its own.
	 * @param request what to ask first
	 * @param tools runs the tools
	 * @param maxRounds how many answers the model may give
	 * @param streamed whether the caller sees more than the last event
	 * @return the events, {@link ChatEvent.Completed} last
	 */
	public Flux<ChatEvent> run(ChatRequest request, ToolExecutor tools, int maxRounds, boolean streamed) {
		if (maxRounds <= 0) {
			throw new IllegalArgumentException("maxRounds: " + maxRounds + " (expected: > 0)");
		}
		ChatRequest first = offering(request, tools);
		Delivery delivery = streamed ? Delivery.CONTENT : Delivery.WHOLE;
		return Flux.defer(() -> {
			CallInfo loop = new CallInfo(ToolRun.newId(), this.engine.chain(first), first.options().useCase());
			ToolRun run = new ToolRun(tools, this.listeners, this.scheduler, loop);
			return new ToolLoop(this.engine, delivery, maxRounds, run).events(first);
		});
	}

	/**
	 * The request with all tools. Those that it has itself come first and stay as they
	 * are, with their marks for the prompt cache.
	 */
	private static ChatRequest offering(ChatRequest request, ToolExecutor tools) {
		Map<String, ToolDefinition> missing = new LinkedHashMap<>();
		tools.definitions().forEach((definition) -> missing.put(definition.name(), definition));
		for (ToolDefinition own : request.tools()) {
			if (missing.remove(own.name()) == null && tools.find(own.name()) == null) {
				throw new IllegalArgumentException(
						"tools: the request has '" + own.name() + "' (expected: tools that the executor can run)");
			}
		}
		ChatRequestBuilder builder = request.toBuilder();
		missing.values().forEach(builder::tool);
		return builder.build();
	}

}
