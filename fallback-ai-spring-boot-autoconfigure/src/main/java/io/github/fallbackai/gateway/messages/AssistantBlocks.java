// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the model said earlier. Members and blocks that only endpoints of this API
 * know are kept for them. Belongs to one message.
 */
final class AssistantBlocks {

	static final Set<String> OF_TEXTS = Set.of("type", "text", "cache_control");

	private static final Set<String> OF_CALLS = Set.of("type", "id", "name", "input");

	private final List<AssistantPart> parts = new ArrayList<>();

	private final Needs needs;

	/** What models of other providers want back. */
	private @Nullable String carried;

	private AssistantBlocks(Needs needs) {
		this.needs = needs;
	}

	/**
	 * Reads a message.
	 * @param content its content
	 * @param needs is told if other providers do not get all of it
	 */
	static AssistantMessage read(RequestField content, Needs needs) {
		if (!content.isArray()) {
			return new AssistantMessage(content.text(), List.of());
		}
		AssistantBlocks blocks = new AssistantBlocks(needs);
		content.elements(ContentBlocks.BLOCKS).forEach(blocks::add);
		return blocks.message();
	}

	private void add(RequestField block) {
		block.object();
		String type = block.get("type").text();
		switch (type) {
			case "text" -> {
				this.needs.unknownMembers(block, OF_TEXTS, "messages.content.");
				this.parts.add(text(block));
			}
			case "thinking" ->
				this.parts.add(ThoughtSeal.open(block.get("thinking").text(), block.get("signature").text("")));
			case "redacted_thinking" -> redacted(block.get("data").text());
			case "tool_use" -> this.parts.add(call(block));
			default -> {
				this.needs.leftOut("messages.content." + type);
				this.parts.add(new TextPart("").withState(BlockState.ofBlock(block.object())));
			}
		}
	}

	private static TextPart text(RequestField block) {
		TextPart text = new TextPart(block.get("text").text()).withCacheControl(CacheMarks.of(block));
		boolean more = !without(block, OF_TEXTS).isEmpty();
		return more ? text.withState(BlockState.ofBlock(block.object())) : text;
	}

	private void redacted(String data) {
		if (CarriedState.is(data)) {
			this.carried = data;
		}
		else {
			this.parts.add(ThoughtSeal.openRedacted(data));
		}
	}

	private static ToolCall call(RequestField block) {
		ToolCall call = new ToolCall(block.get("id").text(), block.get("name").text(),
				GatewayJson.text(block.get("input").object()));
		ObjectNode further = without(block, OF_CALLS);
		return further.isEmpty() ? call : call.withState(BlockState.of(further));
	}

	private static ObjectNode without(RequestField block, Set<String> names) {
		ObjectNode copy = GatewayJson.object();
		block.object().properties().forEach((member) -> {
			if (!names.contains(member.getKey())) {
				copy.set(member.getKey(), member.getValue());
			}
		});
		return copy;
	}

	private AssistantMessage message() {
		AssistantMessage said = new AssistantMessage(this.parts, null);
		return (this.carried != null) ? CarriedState.restore(said, this.carried) : said;
	}

}
