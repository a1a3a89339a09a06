// SPDX-License-Identifier: Apache-2.0
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
import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.http.provider.Conversation;
import io.github.fallbackai.client.http.provider.EmbeddedImage;
import io.github.fallbackai.client.http.provider.GoogleSignature;
import io.github.fallbackai.client.http.provider.PlainId;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.json.PartwiseEncoder;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of a conversation, except system messages. Messages of one role
 * that follow one another become one, because the API requires the responses to all
 * parallel calls together. Empty texts are left out, because the API refuses them.
 * Belongs to one request.
 */
final class ContentsEncoder extends PartwiseEncoder {

	private static final String USER = "user";

	private static final String MODEL = "model";

	private static final Map<String, String> MEDIA_TYPES = Map.of("png", "image/png", "jpg", "image/jpeg", "jpeg",
			"image/jpeg", "webp", "image/webp", "gif", "image/gif", "heic", "image/heic", "heif", "image/heif");

	private final String modelGroup;

	private final boolean signsCalls;

	/** Whether a call that comes next needs a signature. */
	private boolean sign;

	private final FunctionNames names = new FunctionNames();

	private final ArrayNode contents = ProviderJson.MAPPER.createArrayNode();

	/**
	 * Creates an encoder.
	 * @param endpoint the endpoint that the messages are for
	 */
	ContentsEncoder(Endpoint endpoint) {
		this.modelGroup = endpoint.modelGroup();
		this.signsCalls = GoogleSignature.requiredBy(endpoint.model());
	}

	ArrayNode encode(List<ChatMessage> conversation) {
		write(Conversation.of(conversation, (id) -> PlainId.bounded(id, Integer.MAX_VALUE)));
		if (ProviderJson.text(this.contents.path(0), "role").equals(MODEL)) {
			// A call must follow something that the user said.
			this.contents.insertObject(0).put("role", USER).putArray("parts").addObject().put("text", ".");
		}
		return this.contents;
	}

	@Override
	protected void user(UserMessage message) {
		message.parts().forEach(this::part);
	}

	@Override
	protected void toolResult(ToolResultMessage result) {
		ObjectNode response = addPart(USER).putObject("functionResponse");
		response.put("id", result.toolCallId()).put("name", this.names.of(result));
		response.set("response", response(result.content()));
	}

	private void part(ContentPart part) {
		if (part instanceof TextPart text) {
			text(USER, text.text());
		}
		else if (part instanceof ImagePart image && image.embedded()) {
			EmbeddedImage embedded = EmbeddedImage.of(image);
			addPart(USER).putObject("inlineData").put("mimeType", embedded.mediaType()).put("data", embedded.base64());
		}
		else if (part instanceof FilePart file && file.embedded()) {
			addPart(USER).putObject("inlineData").put("mimeType", file.mediaType()).put("data", file.base64());
		}
		else if (part instanceof FilePart file) {
			ObjectNode data = addPart(USER).putObject("fileData").put("fileUri", file.address());
			if (file.mediaType() != null) {
				data.put("mimeType", file.mediaType());
			}
		}
		else if (part instanceof ImagePart image) {
			ObjectNode file = addPart(USER).putObject("fileData").put("fileUri", image.address());
			String path = String.valueOf(image.uri().getPath()).toLowerCase(Locale.ROOT);
			String mediaType = MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
			if (mediaType != null) {
				file.put("mimeType", mediaType);
			}
		}
	}

	/**
	 * What the model said, with its thoughts and their signatures if this model group
	 * made them.
	 */
	@Override
	protected void assistant(AssistantMessage message) {
		this.sign = this.signsCalls;
		super.assistant(message);
	}

	@Override
	protected void thought(ReasoningPart thought) {
		ObjectNode own = GeminiState.own(thought.state(), this.modelGroup);
		if (own != null && !(thought.text().isEmpty() && own.isEmpty())) {
			addPart(MODEL).put("text", thought.text()).put("thought", true).setAll(own);
		}
	}

	@Override
	protected void refused(RefusalPart refusal) {
		text(MODEL, refusal.text());
	}

	@Override
	protected void said(TextPart text) {
		ObjectNode own = GeminiState.own(text.state(), this.modelGroup);
		ObjectNode unknown = GeminiState.part(own);
		if (unknown != null) {
			addPart(MODEL).setAll(unknown);
		}
		else if (own != null) {
			addPart(MODEL).put("text", text.text()).setAll(own);
		}
		else {
			text(MODEL, text.text());
		}
	}

	/**
	 * From Gemini 3 on, models refuse calls without the signature that they gave them. It
	 * is on the first of parallel calls. If another model made the calls, the first one
	 * gets the value that Google has for that.
	 */
	@Override
	protected void called(ToolCall call) {
		this.names.remember(call);
		ObjectNode part = addPart(MODEL);
		part.putObject("functionCall")
			.put("id", call.id())
			.put("name", call.name())
			.set("args", ProviderJson.arguments(call.arguments()));
		ObjectNode own = GeminiState.own(call.state(), this.modelGroup);
		if (own != null) {
			part.setAll(own);
		}
		if (!part.has(GoogleSignature.MEMBER)) {
			String signature = signature(call.state());
			if (signature != null) {
				part.put(GoogleSignature.MEMBER, signature);
			}
			else if (this.sign) {
				part.put(GoogleSignature.MEMBER, GoogleSignature.NONE);
			}
		}
		this.sign = false;
	}

	/** A signature that OpenAI's format holds, and that is for this model group. */
	private @Nullable String signature(@Nullable ProviderState state) {
		return (state != null && state.belongsTo(this.modelGroup)) ? GoogleSignature.of(state) : null;
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
