// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.Conversation;

/**
 * Writes the messages of a conversation in their order. Belongs to one request.
 */
public abstract class ConversationEncoder {

	/** Writes all messages. */
	protected final void write(Conversation conversation) {
		for (ChatMessage message : conversation.messages()) {
			if (message instanceof SystemMessage system) {
				system(system);
			}
			else if (message instanceof UserMessage user) {
				user(user);
			}
			else if (message instanceof AssistantMessage assistant) {
				assistant(assistant);
			}
			else if (message instanceof ToolResultMessage result) {
				toolResult(result);
			}
		}
	}

	/** An instruction; nothing unless overridden, because it may have another place. */
	protected void system(SystemMessage message) {
	}

	/** What the user said and showed. */
	protected abstract void user(UserMessage message);

	/** What the model said. */
	protected abstract void assistant(AssistantMessage message);

	/** What a tool returned. */
	protected abstract void toolResult(ToolResultMessage result);

}
