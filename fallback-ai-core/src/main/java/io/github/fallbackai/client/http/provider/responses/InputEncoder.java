// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.Conversation;
import io.github.fallbackai.client.http.provider.PlainId;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.Files;
import io.github.fallbackai.client.http.provider.json.PartwiseEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of a conversation as items. What the model thought goes back only
 * to the model group that thought it. Belongs to one request.
 */
final class InputEncoder extends PartwiseEncoder {

	private static final String TYPE = "type";

	private static final String REASONING = "reasoning";

	/** Who called a tool: the model or a program that it wrote. */
	private static final String CALLER = "caller";

	/** The API refuses longer ids. */
	private static final int LONGEST_ID = 64;

	private final String modelGroup;

	private final ArrayNode items = ProviderJson.MAPPER.createArrayNode();

	/** The callers by the ids of calls. A result names the one of its call. */
	private final Map<String, JsonNode> callers = new HashMap<>();

	/**
	 * Creates an encoder.
	 * @param modelGroup the model group of the endpoint that the messages are for
	 */
	InputEncoder(String modelGroup) {
		this.modelGroup = modelGroup;
	}

	ArrayNode encode(List<ChatMessage> conversation) {
		write(Conversation.of(conversation, (id) -> PlainId.bounded(id, LONGEST_ID)));
		return this.items;
	}

	@Override
	protected void system(SystemMessage message) {
		content(message.parts(), message("system"));
	}

	@Override
	protected void user(UserMessage message) {
		content(message.parts(), message("user"));
	}

	@Override
	protected void toolResult(ToolResultMessage result) {
		ObjectNode item = item("function_call_output").put("call_id", result.toolCallId())
			.put("output", result.content());
		JsonNode caller = this.callers.get(result.toolCallId());
		if (caller != null) {
			item.set(CALLER, caller);
		}
	}

	private void content(List<? extends ContentPart> parts, ObjectNode message) {
		if (parts.size() == 1 && parts.get(0) instanceof TextPart only && own(only) == null) {
			message.put("content", only.text());
			return;
		}
		ArrayNode content = message.putArray("content");
		for (ContentPart part : parts) {
			if (part instanceof TextPart text) {
				ObjectNode own = own(text);
				ObjectNode written = content.addObject().put(TYPE, "input_text").put("text", text.text());
				written.setAll((own != null) ? own : ProviderJson.MAPPER.createObjectNode());
			}
			else if (part instanceof ImagePart image) {
				ObjectNode written = content.addObject().put(TYPE, "input_image").put("image_url", image.address());
				if (image.detail() != null) {
					written.put("detail", image.detail());
				}
			}
			else if (part instanceof FilePart file) {
				ObjectNode written = content.addObject().put(TYPE, "input_file");
				if (file.embedded()) {
					written.put("filename", Files.name(file));
				}
				written.put(file.embedded() ? "file_data" : "file_url", file.address());
			}
		}
	}

	@Override
	protected void assistant(AssistantMessage message) {
		super.assistant(message);
		removeLastThoughts();
	}

	@Override
	protected void said(TextPart text) {
		ObjectNode own = own(text);
		ObjectNode unknown = ResponsesState.item(own);
		if (unknown != null) {
			ProviderState state = text.state();
			boolean ofAnswer = state != null && state.modelGroup() != null;
			// What the caller itself says is not judged here.
			if (!ofAnswer || !ItemKinds.brokeOff(unknown)) {
				this.items.add(unknown);
			}
		}
		else {
			said("output_text", "text", text.text(), own);
		}
	}

	@Override
	protected void refused(RefusalPart refusal) {
		ObjectNode own = own(refusal);
		if (own != null) {
			said("refusal", "refusal", refusal.text(), own);
		}
		else {
			said("output_text", "text", refusal.text(), null);
		}
	}

	@Override
	protected void called(ToolCall call) {
		ObjectNode item = item("function_call").put("call_id", call.id())
			.put("name", call.name())
			.put("arguments", ProviderJson.argumentsText(call.arguments()));
		ObjectNode own = own(call);
		if (own != null) {
			item.setAll(own);
			if (own.has(CALLER)) {
				this.callers.put(call.id(), own.get(CALLER));
			}
		}
	}

	private @Nullable ObjectNode own(AssistantPart part) {
		return ResponsesState.own(part.state(), this.modelGroup);
	}

	private void said(String type, String member, String text, @Nullable ObjectNode own) {
		if (text.isEmpty()) {
			return;
		}
		ObjectNode message = message("assistant");
		message.putArray("content").addObject().put(TYPE, type).put(member, text);
		if (own != null) {
			message.setAll(own);
		}
	}

	@Override
	protected void thought(ReasoningPart thought) {
		ObjectNode own = own(thought);
		if (own != null && (thought.encrypted() != null || !own.isEmpty())) {
			ObjectNode item = item(REASONING);
			item.setAll(own);
			if (thought.encrypted() != null) {
				item.put("encrypted_content", thought.encrypted());
			}
		}
	}

	/** The API refuses thoughts to which nothing belongs. */
	private void removeLastThoughts() {
		while (!this.items.isEmpty()
				&& ProviderJson.text(this.items.path(this.items.size() - 1), TYPE).equals(REASONING)) {
			this.items.remove(this.items.size() - 1);
		}
	}

	private ObjectNode message(String role) {
		return item("message").put("role", role);
	}

	private ObjectNode item(String type) {
		return this.items.addObject().put(TYPE, type);
	}

}
