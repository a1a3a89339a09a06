// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.model.tool.internal.ToolCallReactiveContextHolder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.ClassUtils;

/**
 * Runs the tools that a model asked for. With Spring AI 1 that is the task of the model,
 * unless the options say otherwise. With Spring AI 2 it is the task of an advisor.
 */
final class ToolRounds {

	private static final boolean TASK_OF_THE_MODEL = ClassUtils.hasMethod(ToolCallingChatOptions.class,
			"getInternalToolExecutionEnabled");

	private ToolRounds() {
	}

	/** Whether the tools of a response are to be run here. */
	static boolean needed(Prompt prompt, ChatResponse response) {
		return TASK_OF_THE_MODEL && response.hasToolCalls()
				&& prompt.getOptions() instanceof ToolCallingChatOptions options
				&& InternalToolExecution.enabled(options);
	}

	/** Runs the tools, which may block. */
	static Round run(ToolCallingManager tools, Prompt prompt, ChatResponse response) {
		ToolExecutionResult result = tools.executeToolCalls(prompt, response);
		if (result.returnDirect()) {
			return new Round(null,
					ChatResponse.builder()
						.from(response)
						.generations(ToolExecutionResult.buildGenerations(result))
						.build());
		}
		return new Round(new Prompt(result.conversationHistory(), prompt.getOptions()), response);
	}

	/** Runs the tools on a thread that may block, with the context of the subscriber. */
	static Mono<Round> runLater(ToolCallingManager tools, Prompt prompt, ChatResponse response) {
		return Mono.deferContextual((context) -> {
			ToolCallReactiveContextHolder.setContext(context);
			try {
				return Mono.just(run(tools, prompt, response));
			}
			finally {
				ToolCallReactiveContextHolder.clearContext();
			}
		}).subscribeOn(Schedulers.boundedElastic());
	}

	/** Has a model give its tool calls to the caller. */
	static void leaveToTheCaller(ToolCallingChatOptions.Builder options) {
		if (TASK_OF_THE_MODEL) {
			InternalToolExecution.disable(options);
		}
	}

	/**
	 * What follows the tools.
	 *
	 * @param next the next prompt, {@code null} if the results are the answer
	 * @param response the results as an answer, if there is no next prompt
	 */
	record Round(@Nullable Prompt next, ChatResponse response) {

	}

	/**
	 * What only Spring AI 1 has. Loaded only there.
	 */
	static final class InternalToolExecution {

		private InternalToolExecution() {
		}

		static boolean enabled(ToolCallingChatOptions options) {
			return !Boolean.FALSE.equals(ForeignGetters.guarded(options::getInternalToolExecutionEnabled));
		}

		static void disable(ToolCallingChatOptions.Builder options) {
			options.internalToolExecutionEnabled(false);
		}

	}

}
