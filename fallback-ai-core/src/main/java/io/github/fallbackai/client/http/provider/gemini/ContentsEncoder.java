package io.github.fallbackai.client.http.provider.gemini;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.EmbeddedImage;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Writes the messages of a conversation, except system messages. Messages of one role
 * that follow one another become one, because the API requires the responses to all
 * parallel calls together. Empty texts are left out, because the API refuses them.
 * Belongs to one request.
 */
final class ContentsEncoder {

	private static final String USER = "user";

	private static final String MODEL = "model";

	private static final Map<String, String> MEDIA_TYPES = Map.of("png", "image/png", "jpg", "image/jpeg", "jpeg",
			"image/jpeg", "webp", "image/webp", "gif", "image/gif", "heic", "image/heic", "heif", "image/heif");

	private final boolean signsCalls;

	private final FunctionNames names = new FunctionNames();

	private final ArrayNode contents = ProviderJson.MAPPER.createArrayNode();

	/**
	 * Creates an encoder.
	 * @param model name of the model
	 */
	ContentsEncoder(String model) {
		this.signsCalls = model.contains("gemini") && !model.contains("gemini-1") && !model.contains("gemini-2");
	}

	ArrayNode encode(List<ChatMessage> conversation) {
		for (ChatMessage message : conversation) {
			if (message instanceof UserMessage user) {
				user.parts().forEach(this::part);
			}
			else if (message instanceof AssistantMessage assistant) {
				text(MODEL, assistant.text());
				calls(assistant.toolCalls());
			}
			else if (message instanceof ToolResultMessage result) {
				ObjectNode response = addPart(USER).putObject("functionResponse");
				response.put("id", result.toolCallId()).put("name", this.names.of(result));
				response.set("response", response(result.content()));
			}
		}
		return this.contents;
	}

	private void part(ContentPart part) {
		if (part instanceof TextPart text) {
			text(USER, text.text());
		}
		else if (part instanceof ImagePart image && image.embedded()) {
			EmbeddedImage embedded = EmbeddedImage.of(image);
			addPart(USER).putObject("inlineData").put("mimeType", embedded.mediaType()).put("data", embedded.base64());
		}
		else if (part instanceof ImagePart image) {
			ObjectNode file = addPart(USER).putObject("fileData").put("fileUri", image.uri().toString());
			String path = String.valueOf(image.uri().getPath()).toLowerCase(Locale.ROOT);
			String mediaType = MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
			if (mediaType != null) {
				file.put("mimeType", mediaType);
			}
		}
	}

	/**
	 * From Gemini 3 on, models refuse their own calls without the signature that they
	 * gave them. Signatures are not passed between providers. So the first call of a
	 * turn, which is the one that needs a signature, gets the value for conversations of
	 * other providers: see
	 * <a href= "https://ai.google.dev/gemini-api/docs/thought-signatures">thought
	 * signatures</a>.
	 */
	private void calls(List<ToolCall> calls) {
		boolean sign = this.signsCalls;
		for (ToolCall call : calls) {
			this.names.remember(call);
			ObjectNode part = addPart(MODEL);
			part.putObject("functionCall")
				.put("id", call.id())
				.put("name", call.name())
				.set("args", ProviderJson.arguments(call.arguments()));
			if (sign) {
				part.put("thoughtSignature", "skip_thought_signature_validator");
			}
			sign = false;
		}
	}

	/** A response has to be an object. Other values are wrapped as the API suggests. */
	private static JsonNode response(String content) {
		JsonNode json = ProviderJson.read(content);
		return (json != null && json.isObject()) ? json : ProviderJson.MAPPER.createObjectNode().put("output", content);
	}

	private void text(String role, String text) {
		if (!text.isEmpty()) {
			addPart(role).put("text", text);
		}
	}

	private ObjectNode addPart(String role) {
		if (!ProviderJson.text(this.contents.path(this.contents.size() - 1), "role").equals(role)) {
			this.contents.addObject().put("role", role).putArray("parts");
		}
		return ((ArrayNode) this.contents.path(this.contents.size() - 1).path("parts")).addObject();
	}

}
