// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.List;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.relay.Relay;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Spring AI's {@link ChatModel} over the endpoints of fallback-ai. The model of the
 * options may be the name of a chain, an endpoint, a model group or a model, or
 * {@value ModelChoice#AUTO}; without one the default chain is asked.
 *
 * <p>
 * {@link #call(Prompt)} blocks. A call without an answer fails with an
 * {@link io.github.fallbackai.failure.AiFallbackException}, and a request whose portable
 * options name an unknown model with an {@link IllegalArgumentException}. The options of
 * a provider may name any model: the default chain is asked. Safe for use by several
 * threads.
 */
public class FallbackChatModel implements ChatModel {

	private final AiFallbackOperations operations;

	private final PromptDecoder prompts;

	private final ToolCallingManager tools;

	/**
	 * @param operations what answers
	 * @param tools finds the tools of a request and, with Spring AI 1, runs them
	 * @param chains the chains that a request may name, the default one first
	 */
	public FallbackChatModel(AiFallbackOperations operations, ToolCallingManager tools, List<Chain> chains) {
		this.operations = operations;
		this.prompts = new PromptDecoder(tools, new ModelChoice(chains));
		this.tools = tools;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return call(prompt, null);
	}

	private ChatResponse call(Prompt prompt, @Nullable Usage before) {
		Answered answered = this.operations.chat(this.prompts.decode(prompt))
			.map((answer) -> Answered.whole(answer, before))
			.contextCapture()
			.blockOptional()
			.orElseThrow(() -> new IllegalStateException("The call was cancelled"));
		if (!ToolRounds.needed(prompt, answered.response())) {
			return answered.response();
		}
		ToolRounds.Round round = ToolRounds.run(this.tools, prompt, answered.response());
		Prompt next = round.next();
		return (next != null) ? call(next, answered.usage()) : round.response();
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return stream(prompt, null);
	}

	private Flux<ChatResponse> stream(Prompt prompt, @Nullable Usage before) {
		// Without prefetch: the demand of the caller is the demand of the call.
		return Flux.defer(() -> events(this.prompts.decode(prompt)))
			.concatMapIterable((event) -> Answered.piece(event, before), 1)
			.concatMap((answered) -> ToolRounds.needed(prompt, answered.response()) ? afterTools(prompt, answered)
					: Mono.just(answered.response()), 0);
	}

	private Flux<ChatResponse> afterTools(Prompt prompt, Answered answered) {
		return ToolRounds.runLater(this.tools, prompt, answered.response()).flatMapMany((round) -> {
			Prompt next = round.next();
			return (next != null) ? stream(next, answered.usage()) : Flux.just(round.response());
		});
	}

	/** Spring AI has no word for "begin again", so text that was emitted stays valid. */
	private Flux<ChatEvent> events(ChatRequest request) {
		return (this.operations instanceof Relay relay) ? relay.relay(request).map(RelayedEvent::event)
				: this.operations.stream(request);
	}

	/** The options of Spring AI 1: none, but of the kind that may hold tools. */
	@Override
	public ChatOptions getDefaultOptions() {
		return ToolCallingChatOptions.builder().build();
	}

	/** The same for Spring AI 2, which replaced the other method by this one. */
	public ChatOptions getOptions() {
		return getDefaultOptions();
	}

}
