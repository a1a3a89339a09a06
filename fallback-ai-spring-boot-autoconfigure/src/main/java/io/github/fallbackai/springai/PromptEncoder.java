// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.StringUtils;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

/**
 * Makes a prompt for a chat model of Spring AI.
 */
final class PromptEncoder {

	private static final String DATA = "data:";

	private static final String JSON = "Answer with a JSON object and nothing else.";

	private PromptEncoder() {
	}

	static Prompt encode(EndpointRequest request, ChatModel model) {
		ChatRequest chat = request.chat();
		List<Message> messages = new ArrayList<>();
		Map<String, String> tools = names(chat);
		boolean one = KnownModels.takesOneSystemMessage(model);
		for (ChatMessage message : chat.messages()) {
			if (message instanceof ToolResultMessage result) {
				addResult(result, tools.getOrDefault(result.toolCallId(), ""), messages);
			}
			else if (message instanceof io.github.fallbackai.chat.SystemMessage system
					&& (one || beginning(messages))) {
				instruct(system.text(), messages);
			}
			else {
				messages.add(message(message, request.endpoint()));
			}
		}
		addFormat(chat.responseFormat(), messages);
		return new Prompt(messages, EndpointOptions.of(request, model));
	}

	private static Message message(ChatMessage message, Endpoint endpoint) {
		if (message instanceof UserMessage user) {
			return org.springframework.ai.chat.messages.UserMessage.builder()
				.text(user.parts()
					.stream()
					.filter(TextPart.class::isInstance)
					.map((part) -> ((TextPart) part).text())
					.collect(joining()))
				.media(user.parts()
					.stream()
					.filter((part) -> !(part instanceof TextPart))
					.map(PromptEncoder::media)
					.toList())
				.build();
		}
		if (message instanceof AssistantMessage answer) {
			return org.springframework.ai.chat.messages.AssistantMessage.builder()
				.content(answer.text())
				.properties(KeptMetadata.read(answer.state(), endpoint.modelGroup()))
				.toolCalls(answer.toolCalls()
					.stream()
					.map((call) -> new org.springframework.ai.chat.messages.AssistantMessage.ToolCall(call.id(),
							"function", call.name(), call.arguments()))
					.toList())
				.build();
		}
		return new SystemMessage(((io.github.fallbackai.chat.SystemMessage) message).text());
	}

	private static Media media(ContentPart part) {
		if (part instanceof FilePart file) {
			String type = file.mediaType();
			Media.Builder media = media(file.address(),
					(type != null) ? MimeType.valueOf(type) : MimeTypeUtils.APPLICATION_OCTET_STREAM);
			return ((file.name() != null) ? media.name(file.name()) : media).build();
		}
		// Providers look at the image, not at the type of a link.
		return media(((ImagePart) part).address(), MimeTypeUtils.IMAGE_PNG).build();
	}

	private static Media.Builder media(String address, MimeType type) {
		if (!address.startsWith(DATA)) {
			return Media.builder().mimeType(type).data(URI.create(address));
		}
		int comma = address.indexOf(',');
		String description = address.substring(DATA.length(), Math.max(comma, DATA.length()));
		String content = address.substring(comma + 1);
		byte[] bytes = description.endsWith(";base64") ? Base64.getDecoder().decode(content)
				: StringUtils.uriDecode(content, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
		String named = description.split(";", 2)[0];
		return Media.builder()
			.mimeType(named.isEmpty() ? MimeTypeUtils.TEXT_PLAIN : MimeType.valueOf(named))
			.data(new ByteArrayResource(bytes));
	}

	/** Results that follow one another are one message in Spring AI. */
	private static void addResult(ToolResultMessage result, String tool, List<Message> messages) {
		List<ToolResponseMessage.ToolResponse> results = new ArrayList<>();
		int last = messages.size() - 1;
		if (last >= 0 && messages.get(last) instanceof ToolResponseMessage before) {
			results.addAll(before.getResponses());
			messages.remove(last);
		}
		results.add(new ToolResponseMessage.ToolResponse(result.toolCallId(), tool, result.content()));
		messages.add(ToolResponseMessage.builder().responses(results).build());
	}

	private static Map<String, String> names(ChatRequest chat) {
		return chat.messages()
			.stream()
			.filter(AssistantMessage.class::isInstance)
			.flatMap((message) -> ((AssistantMessage) message).toolCalls().stream())
			.collect(toMap(io.github.fallbackai.chat.ToolCall::id, io.github.fallbackai.chat.ToolCall::name,
					(one, other) -> other));
	}

	/** Spring AI has no option for it that all models have. */
	private static void addFormat(ResponseFormat format, List<Message> messages) {
		if (format.structured()) {
			String schema = (format.schema() != null) ? " It follows this JSON schema: " + format.schema() : "";
			instruct(JSON + schema, messages);
		}
	}

	private static boolean beginning(List<Message> messages) {
		return messages.isEmpty() || (messages.size() == 1 && messages.get(0) instanceof SystemMessage);
	}

	/** Adds to the system message at the beginning. Some models take only one. */
	private static void instruct(String more, List<Message> messages) {
		if (!messages.isEmpty() && messages.get(0) instanceof SystemMessage before) {
			messages.set(0, new SystemMessage(before.getText() + "\n\n" + more));
		}
		else {
			messages.add(0, new SystemMessage(more));
		}
	}

}
