// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * Everything about an answer that a provider wants back and that OpenAI's messages have
 * no place for, in one text. A client returns it with the message. It holds the thoughts,
 * too, because clients that put a stream together often lose them. It is no secret and
 * not signed: a client could write the same things into a request to the provider.
 */
public final class StateToken {

	/** The member of a message that holds the text. */
	public static final String MEMBER = "provider_state";

	private static final String VERSION = "1.";

	/** Most bytes of what the text says. Longer thoughts get lost. */
	private static final int MOST = 1_048_576;

	/** A longer one, such as an image, is no reason to lose everything else. */
	private static final int LONGEST_STATE = 65_536;

	private static final int BUFFER = 8192;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(100_000).maxNestingDepth(4).build())
			.build())
		.build();

	private StateToken() {
	}

	/**
	 * Writes what goes to the client.
	 * @param message an answer
	 * @return the text, {@code null} if there is nothing to keep
	 */
	public static @Nullable String of(AssistantMessage message) {
		ProviderState owner = owner(message);
		if (owner == null) {
			return null;
		}
		ObjectNode json = MAPPER.createObjectNode().put("group", owner.modelGroup()).put("format", owner.format());
		if (message.state() != null) {
			json.put("state", message.state().json());
		}
		ArrayNode parts = json.putArray("parts");
		message.parts().forEach((part) -> write(part, parts.addObject()));
		byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
		return (bytes.length > MOST) ? null
				: VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(deflate(bytes));
	}

	private static @Nullable ProviderState owner(AssistantMessage message) {
		if (message.state() != null) {
			return message.state();
		}
		return message.parts()
			.stream()
			.filter((part) -> part.state() != null)
			.map(AssistantPart::state)
			.findFirst()
			.orElse(null);
	}

	private static void write(AssistantPart part, ObjectNode json) {
		if (part instanceof TextPart text) {
			json.put("text", text.text().length());
		}
		else if (part instanceof RefusalPart refusal) {
			json.put("refusal", refusal.text().length());
		}
		else if (part instanceof ReasoningPart thought) {
			json.put("reasoning", thought.text());
			if (thought.signature() != null) {
				json.put("signature", thought.signature());
			}
			if (thought.encrypted() != null) {
				json.put("encrypted", thought.encrypted());
			}
		}
		else if (part instanceof ToolCall call) {
			json.put("call", call.id());
		}
		ProviderState state = part.state();
		if (state != null && state.json().length() <= LONGEST_STATE) {
			json.put("state", state.json());
		}
	}

	/**
	 * Puts a message together again.
	 * @param said what the client says that the model said: text and tool calls
	 * @param token the text that came with it
	 * @return the message, {@code null} if the text cannot be read
	 */
	public static @Nullable AssistantMessage restore(AssistantMessage said, String token) {
		JsonNode json = read(token);
		return (json != null && json.path("format").isTextual()) ? new Restoration(said, json).message() : null;
	}

	private static @Nullable JsonNode read(String token) {
		try {
			return token.startsWith(VERSION) ? MAPPER.readTree(inflate(token.substring(VERSION.length()))) : null;
		}
		catch (IOException | DataFormatException | IllegalArgumentException ex) {
			// No message of an exception is passed on, because it may quote the text.
			return null;
		}
	}

	private static byte[] deflate(byte[] bytes) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			deflater.setInput(bytes);
			deflater.finish();
			ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
			byte[] buffer = new byte[BUFFER];
			while (!deflater.finished()) {
				out.write(buffer, 0, deflater.deflate(buffer));
			}
			return out.toByteArray();
		}
		finally {
			deflater.end();
		}
	}

	private static byte[] inflate(String base64) throws DataFormatException {
		Inflater inflater = new Inflater();
		try {
			inflater.setInput(Base64.getUrlDecoder().decode(base64));
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			byte[] buffer = new byte[BUFFER];
			while (!inflater.finished()) {
				int count = inflater.inflate(buffer);
				if (count == 0 || out.size() + count > MOST) {
					throw new DataFormatException();
				}
				out.write(buffer, 0, count);
			}
			return out.toByteArray();
		}
		finally {
			inflater.end();
		}
	}

	/**
	 * One message that is put together again.
	 */
	private static final class Restoration {

		private final AssistantMessage said;

		private final JsonNode json;

		private final Map<String, ToolCall> calls = new LinkedHashMap<>();

		private final List<AssistantPart> parts = new ArrayList<>();

		/** Whether the client returned the text as it got it. */
		private final boolean sameText;

		private int at;

		Restoration(AssistantMessage said, JsonNode json) {
			this.said = said;
			this.json = json;
			said.toolCalls().forEach((call) -> this.calls.put(call.id(), call));
			long length = 0;
			for (JsonNode part : json.path("parts")) {
				length += Math.max(0, part.path("text").asInt()) + Math.max(0, part.path("refusal").asInt());
			}
			this.sameText = length == said.text().length();
		}

		AssistantMessage message() {
			this.json.path("parts").forEach(this::add);
			if (this.at < this.said.text().length()) {
				this.parts.add(new TextPart(this.said.text().substring(this.at)));
			}
			this.parts.addAll(this.calls.values());
			return new AssistantMessage(this.parts, state(this.json));
		}

		private void add(JsonNode part) {
			ProviderState state = state(part);
			if (part.has("reasoning")) {
				this.parts.add(new ReasoningPart(part.path("reasoning").asText(), part.path("signature").textValue(),
						part.path("encrypted").textValue(), state));
			}
			else if (part.has("call")) {
				ToolCall call = this.calls.remove(part.path("call").asText());
				if (call != null) {
					this.parts.add(call.withState(state));
				}
			}
			else if (part.has("refusal")) {
				this.parts.add(new RefusalPart(text(part.path("refusal")), this.sameText ? state : null));
			}
			else if (part.has("text")) {
				this.parts.add(new TextPart(text(part.path("text"))).withState(this.sameText ? state : null));
			}
		}

		/** If the client changed the text, the first part gets all of it. */
		private String text(JsonNode length) {
			String text = this.said.text();
			int end = this.sameText ? Math.min(text.length(), this.at + Math.max(0, length.asInt())) : text.length();
			String part = text.substring(this.at, end);
			this.at = end;
			return part;
		}

		private @Nullable ProviderState state(JsonNode holder) {
			String state = holder.path("state").textValue();
			return (state != null)
					? new ProviderState(this.json.path("group").textValue(), this.json.path("format").asText(), state)
					: null;
		}

	}

}
