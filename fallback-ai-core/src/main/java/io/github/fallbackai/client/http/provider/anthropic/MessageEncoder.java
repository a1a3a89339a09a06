// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.Conversation;
import io.github.fallbackai.client.http.provider.EmbeddedImage;
import io.github.fallbackai.client.http.provider.PlainId;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.CacheMarks;
import io.github.fallbackai.client.http.provider.json.PartwiseEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of a conversation, except system messages. Messages of one role
 * that follow one another become one, because the API requires the results of all
 * parallel tool calls together. Blank texts are left out, because the API refuses them.
 * Belongs to one request.
 */
final class MessageEncoder extends PartwiseEncoder {

	private static final String USER = "user";

	private static final String ASSISTANT = "assistant";

	/** Ids of other providers may have other characters. */
	private static final Pattern UNFIT_FOR_ID = Pattern.compile("[^A-Za-z0-9_-]");

	/** Bedrock's limit. */
	private static final int LONGEST_ID = 64;

	private final String modelGroup;

	private final ArrayNode messages = ProviderJson.MAPPER.createArrayNode();

	/**
	 * Creates an encoder.
	 * @param modelGroup the model group of the endpoint that the messages are for
	 */
	MessageEncoder(String modelGroup) {
		this.modelGroup = modelGroup;
	}

	/**
	 * Writes the messages.
	 * @param conversation the messages
	 * @param originals the same as a client of this API wrote them, {@code null} if it
	 * was another client
	 */
	ArrayNode encode(List<ChatMessage> conversation, @Nullable OriginalMessages originals) {
		if (originals != null) {
			return copy(conversation, originals);
		}
		write(Conversation.of(conversation, MessageEncoder::id));
		if (ProviderJson.text(this.messages.path(0), "role").equals(ASSISTANT)) {
			// Not every server lets the model speak first.
			this.messages.insertObject(0)
				.put("role", USER)
				.putArray("content")
				.addObject()
				.put("type", "text")
				.put("text", ".");
		}
		return this.messages;
	}

	private ArrayNode copy(List<ChatMessage> conversation, OriginalMessages originals) {
		for (int index = 0; index < conversation.size(); index++) {
			ObjectNode original = originals.at(index);
			if (original == null) {
				write(new Conversation(conversation.subList(index, index + 1), List.of(0)));
			}
			else if (!original.isEmpty()) {
				this.messages.add(original);
			}
		}
		return this.messages;
	}

	@Override
	protected void user(UserMessage message) {
		message.parts().forEach(this::part);
	}

	@Override
	protected void toolResult(ToolResultMessage result) {
		ObjectNode block = block(USER, "tool_result").put("tool_use_id", result.toolCallId())
			.put("content", result.content());
		CacheMarks.add(result.cacheControl(), block);
	}

	private void part(ContentPart part) {
		if (part instanceof TextPart text) {
			text(USER, text);
		}
		else if (part instanceof ImagePart image) {
			ObjectNode block = block(USER, "image");
			ObjectNode source = block.putObject("source");
			if (image.embedded()) {
				EmbeddedImage embedded = EmbeddedImage.of(image);
				source.put("type", "base64").put("media_type", embedded.mediaType()).put("data", embedded.base64());
			}
			else {
				source.put("type", "url").put("url", image.address());
			}
			CacheMarks.add(image.cacheControl(), block);
		}
		else if (part instanceof FilePart file) {
			document(file);
		}
	}

	private void document(FilePart file) {
		ObjectNode block = block(USER, "document");
		ObjectNode source = block.putObject("source");
		String base64 = file.base64();
		if (base64 == null) {
			source.put("type", "url").put("url", file.address());
		}
		else if (FilePart.PDF.equals(file.mediaType())) {
			source.put("type", "base64").put("media_type", FilePart.PDF).put("data", base64);
		}
		else {
			// Its decoder skips what only the alphabet for URLs has.
			byte[] bytes = Base64.getMimeDecoder().decode(base64.replace('-', '+').replace('_', '/'));
			String text = new String(bytes, StandardCharsets.UTF_8);
			source.put("type", "text").put("media_type", "text/plain").put("data", text);
		}
		if (file.name() != null) {
			block.put("title", file.name());
		}
		CacheMarks.add(file.cacheControl(), block);
	}

	@Override
	protected void assistant(AssistantMessage message) {
		super.assistant(message);
		removeLastThoughts();
	}

	@Override
	protected void said(TextPart text) {
		ObjectNode own = own(text);
		ObjectNode whole = AnthropicState.block(own);
		if (whole != null) {
			content(ASSISTANT).add(whole);
		}
		else if (own != null && !text.text().isBlank()) {
			text(ASSISTANT, text);
			((ObjectNode) content(ASSISTANT).path(content(ASSISTANT).size() - 1)).setAll(own);
		}
		else {
			text(ASSISTANT, text);
		}
	}

	@Override
	protected void refused(RefusalPart refusal) {
		text(ASSISTANT, new TextPart(refusal.text()));
	}

	/**
	 * Thoughts of other models are not said in any other way: their text is no answer.
	 */
	@Override
	protected void thought(ReasoningPart thought) {
		ObjectNode own = own(thought);
		String signature = thought.signature();
		boolean tellsNothing = thought.text().isEmpty() && (signature == null || signature.isEmpty());
		if (thought.encrypted() != null && own != null) {
			block(ASSISTANT, "redacted_thinking").put("data", thought.encrypted()).setAll(own);
		}
		else if (own != null && !tellsNothing) {
			ObjectNode block = block(ASSISTANT, "thinking").put("thinking", thought.text());
			if (signature != null) {
				block.put("signature", signature);
			}
			block.setAll(own);
		}
	}

	@Override
	protected void called(ToolCall call) {
		ObjectNode block = block(ASSISTANT, "tool_use").put("id", call.id()).put("name", call.name());
		block.set("input", ProviderJson.arguments(call.arguments()));
		ObjectNode own = own(call);
		if (own != null) {
			block.setAll(own);
		}
	}

	private @Nullable ObjectNode own(AssistantPart part) {
		return AnthropicState.own(part.state(), this.modelGroup);
	}

	/** The API refuses a message that ends with a thought. */
	private void removeLastThoughts() {
		JsonNode last = this.messages.path(this.messages.size() - 1);
		if (!(last.path("content") instanceof ArrayNode content)
				|| !ProviderJson.text(last, "role").equals(ASSISTANT)) {
			return;
		}
		while (!content.isEmpty() && OpenBlock.isThought(content.path(content.size() - 1))) {
			content.remove(content.size() - 1);
		}
		if (content.isEmpty()) {
			this.messages.remove(this.messages.size() - 1);
		}
	}

	private void text(String role, TextPart text) {
		if (!text.text().isBlank()) {
			CacheMarks.add(text.cacheControl(), block(role, "text").put("text", text.text()));
		}
	}

	private ObjectNode block(String role, String type) {
		return content(role).addObject().put("type", type);
	}

	private ArrayNode content(String role) {
		if (!ProviderJson.text(this.messages.path(this.messages.size() - 1), "role").equals(role)) {
			this.messages.addObject().put("role", role).putArray("content");
		}
		ObjectNode last = (ObjectNode) this.messages.path(this.messages.size() - 1);
		JsonNode content = last.path("content");
		if (!(content instanceof ArrayNode)) {
			// An original may have a text instead of blocks.
			last.putArray("content").addObject().put("type", "text").set("text", content);
		}
		return (ArrayNode) last.path("content");
	}

	static String id(String id) {
		return UNFIT_FOR_ID.matcher(PlainId.bounded(id, LONGEST_ID)).replaceAll("_");
	}

}
