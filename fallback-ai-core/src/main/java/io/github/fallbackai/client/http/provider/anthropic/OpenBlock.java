// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.jspecify.annotations.Nullable;

/**
 * A content block that goes back to the provider as it came: a thought, or a block of a
 * kind that this library does not know, such as those of the provider's own tools.
 */
final class OpenBlock {

	private static final Set<String> OF_THOUGHTS = Set.of("type", "thinking", "signature", "data");

	private static final String TYPE = "type";

	/** In the result of a tool: which call of it. */
	static final String CALL = "tool_use_id";

	private final ObjectNode start;

	private final boolean thought;

	private final StringBuilder signature = new StringBuilder();

	private final StringBuilder input = new StringBuilder();

	/** Members that grow in deltas. */
	private final Map<String, StringBuilder> texts = new HashMap<>(1);

	private boolean understood = true;

	/**
	 * Opens a block.
	 * @param start the whole block, or the beginning of one
	 */
	OpenBlock(ObjectNode start) {
		this.start = start.deepCopy();
		this.thought = isThought(start);
		this.signature.append(ProviderJson.text(start, "signature"));
	}

	static boolean isThought(JsonNode block) {
		String type = ProviderJson.text(block, TYPE);
		return type.equals("thinking") || type.equals("redacted_thinking");
	}

	boolean isThought() {
		return this.thought;
	}

	/**
	 * Whether there may be no text beside the block, as with the summary of a
	 * conversation. A thought is no answer, nor is the work of the provider's own tools.
	 */
	boolean answers() {
		return !this.thought && !ofTools();
	}

	private boolean ofTools() {
		return this.start.has(CALL) || isCall(this.start);
	}

	/** Whether the model calls a tool that the provider runs. */
	static boolean isCall(JsonNode block) {
		return ProviderJson.text(block, TYPE).endsWith("_tool_use");
	}

	/** Adds a delta. */
	void add(JsonNode delta) {
		switch (ProviderJson.text(delta, "type")) {
			case "thinking_delta" -> this.understood &= this.thought;
			case "signature_delta" -> this.signature.append(ProviderJson.text(delta, "signature"));
			case "input_json_delta" -> this.input.append(ProviderJson.text(delta, "partial_json"));
			case "text_delta", "citations_delta" -> this.understood = false;
			default -> grow(delta);
		}
	}

	/**
	 * Deltas of every kind so far add to texts of the block, such as the summary of a
	 * conversation, or set other members.
	 */
	private void grow(JsonNode delta) {
		delta.properties().forEach((member) -> {
			String name = member.getKey();
			if (member.getValue().isTextual() && !name.equals(TYPE)) {
				this.texts.computeIfAbsent(name, (first) -> new StringBuilder(ProviderJson.text(this.start, name)))
					.append(member.getValue().textValue());
			}
			else if (!name.equals(TYPE)) {
				this.start.set(name, member.getValue());
			}
		});
	}

	/** Members of a thought that mean nothing here. */
	static ObjectNode further(JsonNode block) {
		return (block instanceof ObjectNode thought) ? thought.deepCopy().without(OF_THOUGHTS)
				: ProviderJson.MAPPER.createObjectNode();
	}

	/**
	 * The block as a part without its text, {@code null} if it cannot be sent back.
	 */
	@Nullable AssistantPart part() {
		this.texts.forEach((name, text) -> this.start.put(name, text.toString()));
		if (this.thought) {
			String data = ProviderJson.text(this.start, "data");
			boolean signed = this.start.has("signature") || !this.signature.isEmpty();
			return new ReasoningPart("", signed ? this.signature.toString() : null, data.isEmpty() ? null : data,
					AnthropicState.of(this.start.deepCopy().without(OF_THOUGHTS)));
		}
		ObjectNode whole = this.start;
		if (!this.input.isEmpty()) {
			JsonNode read = ProviderJson.read(this.input.toString());
			this.understood &= read != null;
			whole = this.start.deepCopy().set("input", read);
		}
		return this.understood ? new TextPart("").withState(AnthropicState.ofBlock(whole)) : null;
	}

}
