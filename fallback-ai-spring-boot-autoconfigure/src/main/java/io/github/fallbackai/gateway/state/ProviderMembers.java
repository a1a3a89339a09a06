// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * The members in which providers of OpenAI's format say what they want back. Clients get
 * them as the provider wrote them. If a client returns them without a {@link StateToken},
 * their maker is not known, and every endpoint that understands the format gets them.
 */
public final class ProviderMembers {

	/** The format of all OpenAI-compatible endpoints. */
	private static final String FORMAT = "openai";

	/** Members that the gateway writes itself. */
	private static final Set<String> OURS = Set.of("role", "content", "refusal", "tool_calls", "function_call",
			"reasoning_content", "annotations", "audio", "id", "type", "function", "index", StateToken.MEMBER);

	private static final List<String> OF_THOUGHTS = List.of("reasoning_content", "reasoning");

	private static final List<String> OF_MESSAGES = List.of("reasoning_details", "extra_content");

	private static final List<String> OF_CALLS = List.of("extra_content");

	private static final JsonMapper MAPPER = new JsonMapper();

	private ProviderMembers() {
	}

	/**
	 * Writes what belongs to a whole message.
	 * @param message an answer
	 * @param json the message, or a delta of it, for the client
	 * @return whether anything was written
	 */
	public static boolean add(AssistantMessage message, ObjectNode json) {
		int before = json.size();
		setAll(message.state(), json);
		message.parts().forEach((part) -> {
			if (part instanceof TextPart) {
				sign(part.state(), json);
			}
		});
		String token = StateToken.of(message);
		if (token != null) {
			json.put(StateToken.MEMBER, token);
		}
		return json.size() > before;
	}

	/** Writes what belongs to a tool call. */
	public static void add(ToolCall call, ObjectNode json) {
		setAll(call.state(), json);
		sign(call.state(), json);
	}

	private static void setAll(@Nullable ProviderState state, ObjectNode json) {
		if (state != null && state.format().equals(FORMAT)) {
			for (Map.Entry<String, JsonNode> member : read(state).properties()) {
				if (!OURS.contains(member.getKey())) {
					json.set(member.getKey(), member.getValue());
				}
			}
		}
	}

	/** Google's signatures have a place in OpenAI's format, too. */
	private static void sign(@Nullable ProviderState state, ObjectNode json) {
		if (state != null && state.format().equals("gemini")) {
			String signature = read(state).path("thoughtSignature").textValue();
			if (signature != null) {
				json.withObject("/extra_content/google").put("thought_signature", signature);
			}
		}
	}

	private static JsonNode read(ProviderState state) {
		try {
			return MAPPER.readTree(state.json());
		}
		catch (JsonProcessingException ex) {
			return MAPPER.createObjectNode();
		}
	}

	/** What a client returns of the thoughts. */
	public static List<AssistantPart> thoughts(JsonNode message) {
		List<AssistantPart> thoughts = new ArrayList<>(1);
		for (String name : OF_THOUGHTS) {
			String text = message.path(name).textValue();
			if (text != null) {
				thoughts.add(thought(text, name));
			}
		}
		return thoughts;
	}

	/**
	 * A thought without a known maker.
	 * @param text the text
	 * @param name the member that it came in, {@code content} for a part of the content
	 */
	public static ReasoningPart thought(String text, String name) {
		ObjectNode state = MAPPER.createObjectNode();
		state.putArray("in").add(name);
		return new ReasoningPart(text, null, null, of(state));
	}

	/** What a client returns of the members of a whole message. */
	public static @Nullable ProviderState ofMessage(JsonNode message) {
		return of(message, OF_MESSAGES);
	}

	/** What a client returns of the members of a tool call. */
	public static @Nullable ProviderState ofCall(JsonNode call) {
		return of(call, OF_CALLS);
	}

	private static @Nullable ProviderState of(JsonNode holder, List<String> names) {
		ObjectNode members = MAPPER.createObjectNode();
		for (String name : names) {
			if (holder.hasNonNull(name)) {
				members.set(name, holder.path(name));
			}
		}
		return members.isEmpty() ? null : of(members);
	}

	private static ProviderState of(ObjectNode members) {
		return new ProviderState(null, FORMAT, members.toString());
	}

}
