// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.http.provider.GoogleSignature;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the model said earlier. What it thought goes back only to the model group
 * that thought it, in the members in which it came.
 */
final class AssistantEncoder {

	/** Members that no state replaces. */
	private static final Set<String> OURS = Set.of("role", "content", "tool_calls", "function_call", "id", "type",
			"function");

	private static final String THOUGHTS = "reasoning_content";

	/**
	 * In place of a thought of another model. DeepSeek's newer models refuse an empty
	 * one.
	 */
	private static final String NO_THOUGHT = " ";

	/**
	 * Providers whose models refuse their conversations without thoughts, and ignore what
	 * they do not need: see
	 * <a href="https://api-docs.deepseek.com/guides/thinking_mode">thinking mode</a>.
	 */
	private static final List<String> WANT_THOUGHTS = List.of(".deepseek.com", ".moonshot.ai", ".moonshot.cn");

	private final String modelGroup;

	private final boolean signsCalls;

	private final boolean wantsThoughts;

	/**
	 * Creates an encoder.
	 * @param endpoint the endpoint that the messages are for
	 */
	AssistantEncoder(Endpoint endpoint) {
		this.modelGroup = endpoint.modelGroup();
		String host = endpoint.url().getHost();
		this.wantsThoughts = host != null && WANT_THOUGHTS.stream().anyMatch(host::endsWith);
		this.signsCalls = host != null && host.endsWith(".googleapis.com")
				&& GoogleSignature.requiredBy(endpoint.model());
	}

	void encode(AssistantMessage message, ObjectNode object) {
		Said said = new Said();
		message.parts().forEach((part) -> add(part, said));
		content(said, !message.toolCalls().isEmpty(), object);
		if (!message.toolCalls().isEmpty()) {
			toolCalls(message, object.putArray("tool_calls"));
		}
		said.members.forEach((name, text) -> object.put(name, text.toString()));
		setAll(OpenAiState.own(message.state(), this.modelGroup), object);
		if (this.wantsThoughts && !object.has(THOUGHTS)) {
			object.put(THOUGHTS, NO_THOUGHT);
		}
		if (said.signature != null) {
			GoogleSignature.add(object, said.signature);
		}
	}

	private void add(AssistantPart part, Said said) {
		ObjectNode own = OpenAiState.own(part.state(), this.modelGroup);
		if (part instanceof TextPart text) {
			said.text(text.text());
			String signature = foreignSignature(text.state());
			said.signature = (signature != null) ? signature : said.signature;
		}
		else if (part instanceof RefusalPart refusal && own != null) {
			said.member("refusal", refusal.text());
		}
		else if (part instanceof RefusalPart refusal) {
			said.text(refusal.text());
		}
		else if (part instanceof ReasoningPart thought) {
			for (String name : OpenAiState.members(own)) {
				if (name.equals(OpenAiState.CONTENT)) {
					said.thought(thought.text(), own);
				}
				else {
					said.member(name, thought.text());
				}
			}
		}
	}

	/** A signature that Google's own format has, and that is for this model group. */
	private @Nullable String foreignSignature(@Nullable ProviderState state) {
		boolean foreign = state != null && !state.format().equals(OpenAiState.FORMAT)
				&& state.belongsTo(this.modelGroup);
		return foreign ? GoogleSignature.of(state) : null;
	}

	private static void content(Said said, boolean calls, ObjectNode object) {
		if (said.thoughts) {
			object.set("content", said.chunks);
		}
		else {
			boolean nothing = said.text.isEmpty() && (calls || said.members.containsKey("refusal"));
			object.put("content", nothing ? null : said.text.toString());
		}
	}

	private void toolCalls(AssistantMessage message, ArrayNode array) {
		boolean signed = !this.signsCalls;
		for (ToolCall call : message.toolCalls()) {
			ObjectNode object = array.addObject().put("id", call.id()).put("type", "function");
			object.putObject("function")
				.put("name", call.name())
				.put("arguments", ProviderJson.argumentsText(call.arguments()));
			setAll(OpenAiState.own(call.state(), this.modelGroup), object);
			String signature = foreignSignature(call.state());
			if (signature != null) {
				GoogleSignature.add(object, signature);
			}
			else if (!signed && !object.has("extra_content")) {
				// Only the first of parallel calls has one.
				GoogleSignature.add(object, GoogleSignature.NONE);
			}
			signed = true;
		}
	}

	private static void setAll(@Nullable ObjectNode members, ObjectNode object) {
		if (members != null) {
			for (Map.Entry<String, JsonNode> member : members.properties()) {
				if (!OURS.contains(member.getKey())) {
					object.set(member.getKey(), member.getValue());
				}
			}
		}
	}

	/**
	 * What a message says, as this format orders it.
	 */
	private static final class Said {

		private final StringBuilder text = new StringBuilder();

		/** The same in parts, with thoughts between them. */
		private final ArrayNode chunks = ProviderJson.MAPPER.createArrayNode();

		private boolean thoughts;

		private final Map<String, StringBuilder> members = new LinkedHashMap<>(2);

		private @Nullable String signature;

		void text(String more) {
			this.text.append(more);
			if (!more.isEmpty()) {
				this.chunks.addObject().put("type", "text").put("text", more);
			}
		}

		void thought(String more, @Nullable ObjectNode state) {
			this.thoughts = true;
			ObjectNode chunk = this.chunks.addObject().put("type", "thinking");
			chunk.putArray("thinking").addObject().put("type", "text").put("text", more);
			if (state != null && state.path("chunk") instanceof ObjectNode further) {
				chunk.setAll(further);
			}
		}

		void member(String name, String more) {
			this.members.computeIfAbsent(name, (key) -> new StringBuilder()).append(more);
		}

	}

}
