// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * What models thought in a conversation, and everything else that only its maker
 * understands.
 */
public final class Thoughts {

	private Thoughts() {
	}

	/**
	 * Whether an endpoint gets any of it back.
	 * @param request the request
	 * @param modelGroup the model group of the endpoint
	 */
	public static boolean goBack(ChatRequest request, String modelGroup) {
		return request.messages()
			.stream()
			.anyMatch((message) -> message instanceof AssistantMessage assistant && goBack(assistant, modelGroup));
	}

	private static boolean goBack(AssistantMessage message, String modelGroup) {
		return belongs(message.state(), modelGroup)
				|| message.parts().stream().anyMatch((part) -> belongs(part.state(), modelGroup));
	}

	private static boolean belongs(@Nullable ProviderState state, String modelGroup) {
		return state != null && state.belongsTo(modelGroup);
	}

	/**
	 * The same request without any of it: as if another model had said everything.
	 * @param request the request
	 * @return the request with text and tool calls only
	 */
	public static ChatRequest without(ChatRequest request) {
		List<ChatMessage> messages = new ArrayList<>(request.messages().size());
		for (ChatMessage message : request.messages()) {
			messages.add((message instanceof AssistantMessage assistant) ? without(assistant) : message);
		}
		return request.toBuilder().replaceMessages(messages).build();
	}

	private static AssistantMessage without(AssistantMessage message) {
		List<AssistantPart> parts = new ArrayList<>(message.parts().size());
		for (AssistantPart part : message.parts()) {
			if (part instanceof TextPart text && !text.text().isEmpty()) {
				parts.add(text.withState(null));
			}
			else if (part instanceof RefusalPart refusal) {
				parts.add(new RefusalPart(refusal.text(), null));
			}
			else if (part instanceof ToolCall call) {
				parts.add(call.withState(null));
			}
		}
		return new AssistantMessage(parts, null);
	}

}
