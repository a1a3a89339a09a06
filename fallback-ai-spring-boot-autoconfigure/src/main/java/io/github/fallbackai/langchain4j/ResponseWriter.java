// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import java.util.List;
import java.util.Map;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as LangChain4j's.
 */
final class ResponseWriter {

	private ResponseWriter() {
	}

	static ChatResponse response(io.github.fallbackai.chat.ChatResponse response) {
		List<ToolExecutionRequest> tools = response.toolCalls().stream().map(ResponseWriter::toolRequest).toList();
		AiMessage.Builder message = AiMessage.builder()
			.text(emptyToNull(response.text()))
			.thinking(emptyToNull(response.reasoning()))
			.toolExecutionRequests(tools);
		String kept = KeptMessage.write(response.toMessage());
		if (kept != null) {
			message.attributes(Map.of(KeptMessage.ATTRIBUTE, kept));
		}
		return ChatResponse.builder()
			.aiMessage(message.build())
			.id(response.id())
			.modelName(response.model())
			.tokenUsage(usage(response.usage()))
			.finishReason(reason(response.finishReason()))
			.build();
	}

	static ToolExecutionRequest toolRequest(ToolCall call) {
		return ToolExecutionRequest.builder().id(call.id()).name(call.name()).arguments(call.arguments()).build();
	}

	private static @Nullable TokenUsage usage(@Nullable Usage usage) {
		return (usage != null) ? new TokenUsage(bounded(usage.inputTokens()), bounded(usage.outputTokens())) : null;
	}

	private static int bounded(long tokens) {
		return (int) Math.min(tokens, Integer.MAX_VALUE);
	}

	private static FinishReason reason(io.github.fallbackai.chat.FinishReason reason) {
		return switch (reason) {
			case STOP -> FinishReason.STOP;
			case LENGTH -> FinishReason.LENGTH;
			case TOOL_CALLS -> FinishReason.TOOL_EXECUTION;
			case CONTENT_FILTER, REFUSAL -> FinishReason.CONTENT_FILTER;
			case OTHER -> FinishReason.OTHER;
		};
	}

	private static @Nullable String emptyToNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
