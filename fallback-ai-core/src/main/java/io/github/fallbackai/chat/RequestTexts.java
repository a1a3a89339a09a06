// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Walks through everything that a provider counts as input.
 */
public final class RequestTexts {

	private RequestTexts() {
	}

	/**
	 * Visits the texts of a request: messages, tool calls and results, tool definitions,
	 * the schema of the answer.
	 * @param request the request
	 * @param text is given every text
	 * @return number of images and files, which have no text
	 */
	public static int visit(ChatRequest request, Consumer<String> text) {
		return visit(request, null, text);
	}

	/**
	 * Visits the texts of a request that go to a model group. Thoughts go back only to
	 * the model group that made them.
	 * @param request the request
	 * @param modelGroup the model group, {@code null} for the thoughts of all
	 * @param text is given every text
	 * @return number of images and files, which have no text
	 */
	public static int visit(ChatRequest request, @Nullable String modelGroup, Consumer<String> text) {
		int images = 0;
		for (ChatMessage message : request.messages()) {
			images += visit(message, text);
			if (message instanceof AssistantMessage assistant) {
				thoughts(assistant, modelGroup, text);
			}
		}
		for (ToolDefinition tool : request.tools()) {
			text.accept(tool.name());
			text.accept(tool.description());
			text.accept(tool.parametersSchema());
		}
		String schema = request.responseFormat().schema();
		if (schema != null) {
			text.accept(schema);
		}
		return images;
	}

	private static void thoughts(AssistantMessage message, @Nullable String modelGroup, Consumer<String> text) {
		for (AssistantPart part : message.parts()) {
			ProviderState state = part.state();
			if (part instanceof ReasoningPart thought
					&& (modelGroup == null || (state != null && state.belongsTo(modelGroup)))) {
				text.accept(thought.text());
			}
		}
	}

	private static int visit(ChatMessage message, Consumer<String> text) {
		int images = 0;
		if (message instanceof SystemMessage system) {
			text.accept(system.text());
		}
		else if (message instanceof UserMessage user) {
			for (ContentPart part : user.parts()) {
				if (part instanceof TextPart piece) {
					text.accept(piece.text());
				}
				else {
					images++;
				}
			}
		}
		else if (message instanceof AssistantMessage assistant) {
			text.accept(assistant.text());
			assistant.toolCalls().forEach((call) -> {
				text.accept(call.name());
				text.accept(call.arguments());
			});
		}
		else if (message instanceof ToolResultMessage result) {
			text.accept(result.content());
		}
		return images;
	}

}
