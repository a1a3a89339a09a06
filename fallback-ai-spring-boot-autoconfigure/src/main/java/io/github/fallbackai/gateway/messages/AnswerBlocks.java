// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of an answer as content blocks.
 */
final class AnswerBlocks {

	private static final String CITATIONS = "citations";

	private AnswerBlocks() {
	}

	/**
	 * All blocks of an answer. What carries the state of other providers stands before
	 * the calls.
	 * @param message the answer
	 * @param shown whether the client reads thoughts of models of other formats
	 */
	static List<ObjectNode> of(AssistantMessage message, boolean shown) {
		List<ObjectNode> blocks = new ArrayList<>();
		for (AssistantPart part : message.parts()) {
			ObjectNode block = (part instanceof ToolCall) ? null : of(part, shown);
			if (block != null) {
				blocks.add(block);
			}
		}
		ObjectNode carried = CarriedState.block(message);
		if (carried != null) {
			blocks.add(carried);
		}
		message.toolCalls().forEach((call) -> blocks.add(call(call)));
		return blocks;
	}

	private static @Nullable ObjectNode of(AssistantPart part, boolean shown) {
		ObjectNode whole = whole(part);
		if (whole != null) {
			return whole;
		}
		if (part instanceof ReasoningPart thought) {
			return thought(thought, shown);
		}
		String text = (part instanceof TextPart said) ? said.text() : ((RefusalPart) part).text();
		if (text.isEmpty()) {
			return null;
		}
		ObjectNode block = text(text);
		return (part instanceof TextPart) ? further(part, block) : block;
	}

	/** A block of a kind that only its provider knows, {@code null} for all others. */
	static @Nullable ObjectNode whole(AssistantPart part) {
		return (part instanceof TextPart) ? BlockState.block(part.state()) : null;
	}

	/** What a text cites, as its provider wrote it. */
	static ArrayNode citations(AssistantPart part) {
		ObjectNode members = (part instanceof TextPart) ? BlockState.members(part.state()) : null;
		return (members != null && members.path(CITATIONS) instanceof ArrayNode citations) ? citations
				: GatewayJson.object().arrayNode();
	}

	static ObjectNode text(String text) {
		return GatewayJson.object().put("type", "text").put("text", text);
	}

	/** The block of a thought, {@code null} if the client gets none. */
	static @Nullable ObjectNode thought(ReasoningPart thought, boolean shown) {
		boolean ours = isOfThisFormat(thought);
		if (ours && thought.encrypted() != null) {
			return further(thought,
					GatewayJson.object().put("type", "redacted_thinking").put("data", ThoughtSeal.of(thought)));
		}
		String signature = signature(thought);
		boolean something = !signature.isEmpty() || !thought.text().isEmpty();
		return (something && (ours || shown)) ? further(thought, thinking(thought.text(), signature)) : null;
	}

	/** Adds members that only endpoints of this API write. */
	private static ObjectNode further(AssistantPart part, ObjectNode block) {
		ObjectNode members = BlockState.members(part.state());
		return (members != null) ? block.setAll(members) : block;
	}

	/** The signature for the client, empty if there is none. */
	static String signature(ReasoningPart thought) {
		boolean signed = thought.signature() != null && !thought.signature().isEmpty();
		return (signed && isOfThisFormat(thought)) ? ThoughtSeal.of(thought) : "";
	}

	private static boolean isOfThisFormat(ReasoningPart thought) {
		return BlockState.members(thought.state()) != null;
	}

	static ObjectNode thinking(String text, String signature) {
		return GatewayJson.object().put("type", "thinking").put("thinking", text).put("signature", signature);
	}

	static ObjectNode call(ToolCall call) {
		ObjectNode block = GatewayJson.object().put("type", "tool_use").put("id", call.id()).put("name", call.name());
		ObjectNode input = BlockState.object(call.arguments().isBlank() ? "{}" : call.arguments());
		// As Anthropic suggests for what is no object.
		block.set("input", (input != null) ? input : GatewayJson.object().put("INVALID_JSON", call.arguments()));
		ObjectNode further = BlockState.members(call.state());
		if (further != null) {
			block.setAll(further);
		}
		return block;
	}

}
