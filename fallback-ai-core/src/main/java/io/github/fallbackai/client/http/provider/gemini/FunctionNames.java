// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.gemini;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import org.jspecify.annotations.Nullable;

/**
 * The names of functions by the ids of tool calls, because a function's response has to
 * name its function. Belongs to one pass over a conversation.
 */
final class FunctionNames {

	private final Map<String, String> byId = new HashMap<>();

	/** Whether there is a call for every result. */
	static boolean complete(List<ChatMessage> conversation) {
		FunctionNames names = new FunctionNames();
		for (ChatMessage message : conversation) {
			if (message instanceof AssistantMessage assistant) {
				assistant.toolCalls().forEach(names::remember);
			}
			else if (message instanceof ToolResultMessage result && names.of(result) == null) {
				return false;
			}
		}
		return true;
	}

	void remember(ToolCall call) {
		this.byId.put(call.id(), call.name());
	}

	@Nullable String of(ToolResultMessage result) {
		return this.byId.get(result.toolCallId());
	}

}
