// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;

/**
 * Makes a request of Spring AI's prompt.
 */
final class PromptDecoder {

	private static final List<String> OPENAI_FAMILY = List.of("openai", "azure-openai");

	private static final io.github.fallbackai.chat.ChatOptions DEFAULTS = io.github.fallbackai.chat.ChatOptions.DEFAULTS;

	/** Spring AI leaves the schema out of its own instructions. */
	private static final io.github.fallbackai.chat.ChatOptions SCHEMA = DEFAULTS.toBuilder()
		.schemaInPrompt(true)
		.build();

	private final ToolCallingManager tools;

	private final ModelChoice models;

	PromptDecoder(ToolCallingManager tools, ModelChoice models) {
		this.tools = tools;
		this.models = models;
	}

	/**
	 * Makes the request.
	 * @param prompt messages and options
	 * @return the request
	 * @throws IllegalArgumentException if the prompt has no message, or if its portable
	 * options name an unknown model
	 */
	ChatRequest decode(Prompt prompt) {
		ChatRequestBuilder request = ChatRequest.builder();
		prompt.getInstructions().forEach((message) -> request.messages(messages(message)));
		ChatOptions options = prompt.getOptions();
		if (options != null) {
			parameters(options, request);
			ProviderOptions.read(options, request);
			ResponseFormat format = ProviderOptions.format(options);
			io.github.fallbackai.chat.ChatOptions how = (format.schema() != null) ? SCHEMA : DEFAULTS;
			request.responseFormat(format).options(how);
			String model = ForeignGetters.guarded(options::getModel);
			this.models.apply(model, request, how, ProviderOptions.origin(options, model));
		}
		if (options instanceof ToolCallingChatOptions withTools) {
			List<org.springframework.ai.tool.definition.ToolDefinition> tools = this.tools
				.resolveToolDefinitions(withTools);
			tools.forEach(
					(tool) -> request.tool(new ToolDefinition(tool.name(), tool.description(), tool.inputSchema())));
			if (!tools.isEmpty()) {
				request.toolChoice(choice(prompt, withTools));
			}
		}
		return request.build();
	}

	/** A model that has to call a tool in every round would never answer. */
	private static @Nullable ToolChoice choice(Prompt prompt, ChatOptions options) {
		ToolChoice choice = ProviderOptions.toolChoice(options);
		List<Message> said = prompt.getInstructions();
		boolean called = !said.isEmpty() && said.get(said.size() - 1).getMessageType() == MessageType.TOOL;
		return (called && choice != null && choice.mode() != ToolChoice.Mode.NONE) ? null : choice;
	}

	private static List<? extends ChatMessage> messages(Message message) {
		return switch (message.getMessageType()) {
			case SYSTEM -> List.of(ChatMessage.system(text(message)));
			case USER -> List.of(new io.github.fallbackai.chat.UserMessage(parts(message)));
			case ASSISTANT -> List.of(answer(message));
			case TOOL -> ((ToolResponseMessage) message).getResponses()
				.stream()
				.map((result) -> ChatMessage.toolResult(orEmpty(result.id()), orEmpty(result.responseData())))
				.toList();
		};
	}

	private static io.github.fallbackai.chat.AssistantMessage answer(Message message) {
		if (!(message instanceof AssistantMessage answer)) {
			return ChatMessage.assistant(text(message));
		}
		io.github.fallbackai.chat.AssistantMessage kept = KeptMessage.read(answer);
		if (kept != null) {
			return kept;
		}
		return new io.github.fallbackai.chat.AssistantMessage(text(message),
				answer.getToolCalls()
					.stream()
					.map((call) -> new ToolCall(orEmpty(call.id()), call.name(), orEmpty(call.arguments())))
					.toList());
	}

	private static List<ContentPart> parts(Message message) {
		List<ContentPart> parts = new ArrayList<>();
		List<Media> media = (message instanceof MediaContent content) ? content.getMedia() : List.of();
		if (!text(message).isEmpty() || media.isEmpty()) {
			parts.add(new TextPart(text(message)));
		}
		media.forEach((medium) -> parts.add(part(medium)));
		return parts;
	}

	private static ContentPart part(Media medium) {
		Object data = medium.getData();
		String text = (data instanceof byte[] bytes) ? Base64.getEncoder().encodeToString(bytes) : data.toString();
		// Base64 has no colon. An address that cannot be sent is refused by the part.
		String address = (text.indexOf(':') >= 0) ? text : "data:" + medium.getMimeType() + ";base64," + text;
		return medium.getMimeType().getType().equals("image") ? ImagePart.at(address)
				: FilePart.at(address).withName(medium.getName());
	}

	private static void parameters(ChatOptions options, ChatRequestBuilder request) {
		request.temperature(ForeignGetters.guarded(options::getTemperature))
			.topP(ForeignGetters.guarded(options::getTopP))
			.maxTokens(ForeignGetters.guarded(options::getMaxTokens));
		List<String> stop = ForeignGetters.guarded(options::getStopSequences);
		if (stop != null) {
			request.stop(stop.toArray(String[]::new));
		}
		Double frequencyPenalty = ForeignGetters.guarded(options::getFrequencyPenalty);
		Double presencePenalty = ForeignGetters.guarded(options::getPresencePenalty);
		Integer topK = ForeignGetters.guarded(options::getTopK);
		for (String provider : OPENAI_FAMILY) {
			extra(request, provider, "frequency_penalty", frequencyPenalty);
			extra(request, provider, "presence_penalty", presencePenalty);
		}
		extra(request, "anthropic", "top_k", topK);
		extra(request, ExtraOptions.PROVIDER, ExtraOptions.FREQUENCY_PENALTY, frequencyPenalty);
		extra(request, ExtraOptions.PROVIDER, ExtraOptions.PRESENCE_PENALTY, presencePenalty);
		extra(request, ExtraOptions.PROVIDER, ExtraOptions.TOP_K, topK);
	}

	private static void extra(ChatRequestBuilder request, String provider, String name, @Nullable Object value) {
		if (value != null) {
			request.extra(provider, name, value);
		}
	}

	static String text(Message message) {
		return orEmpty(message.getText());
	}

	private static String orEmpty(@Nullable String text) {
		return Objects.requireNonNullElse(text, "");
	}

}
