// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.List;

/**
 * What happens between the answers of a model whose tools the library runs. Belongs to
 * the stream of
 * {@code io.github.fallbackai.AiFallbackOperations.stream(request, tools, maxRounds)}.
 * {@code toString()} hides content.
 */
public sealed interface ToolProgress extends ChatEvent {

	@Override
	default <R> R accept(ChatEventVisitor<R> visitor) {
		return visitor.toolProgress(this);
	}

	/**
	 * A tool starts to run.
	 *
	 * @param round the model's answer that called it, from 1
	 * @param toolCall the call
	 */
	record Started(int round, ToolCall toolCall) implements ToolProgress {

		@Override
		public Type type() {
			return Type.TOOL_STARTED;
		}

	}

	/**
	 * A tool returned a result.
	 *
	 * @param execution what ran, and its result
	 */
	record Finished(ToolExecution execution) implements ToolProgress {

		@Override
		public Type type() {
			return Type.TOOL_FINISHED;
		}

	}

	/**
	 * A tool failed, was too slow, or was not run at all. The model is told so, and the
	 * conversation goes on.
	 *
	 * @param execution what was called, and what the model is told
	 */
	record Failed(ToolExecution execution) implements ToolProgress {

		@Override
		public Type type() {
			return Type.TOOL_FAILED;
		}

	}

	/**
	 * All tools that an answer called have ended, and the model is asked again. The
	 * request of the call, continued with the answers and results of all rounds so far,
	 * goes on from here, even in another process.
	 *
	 * @param round the answer, from 1
	 * @param response the answer that called the tools
	 * @param results what the tools returned, in the order of the calls
	 */
	record RoundEnded(int round, ChatResponse response, List<ToolResultMessage> results) implements ToolProgress {

		public RoundEnded {
			results = List.copyOf(results);
		}

		@Override
		public Type type() {
			return Type.ROUND_ENDED;
		}

	}

}
