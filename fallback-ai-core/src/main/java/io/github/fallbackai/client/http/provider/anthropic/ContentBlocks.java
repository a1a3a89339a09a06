// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.ToolCallList;
import io.github.fallbackai.client.http.provider.ToolCallParts;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content blocks of a message, whole or in deltas. Blocks of unknown kinds,
 * such as those of the provider's own tools, mean nothing here and are kept for the
 * provider. Belongs to one message.
 */
final class ContentBlocks {

	private static final Set<String> OF_CALLS = Set.of("type", "id", "name", "input");

	private static final String BLOCK = "begins";

	private static final String DELTA = "delta";

	private final AnswerEvents answer;

	private final List<ToolCallParts> toolCalls = new ToolCallList();

	/**
	 * The calls to which deltas belong. Some servers give every block the same index, or
	 * none.
	 */
	private final Map<Integer, ToolCallParts> currentByIndex = new HashMap<>();

	/** The block that is kept for the provider. */
	private @Nullable OpenBlock open;

	private @Nullable OpenText text;

	/** Whether there is any block of a kind that only the provider knows. */
	private boolean kept;

	/** Whether the last block was text. */
	private boolean saidLast;

	ContentBlocks(AnswerEvents answer) {
		this.answer = answer;
	}

	/** The tool calls in their order. */
	Collection<ToolCallParts> toolCalls() {
		return this.toolCalls;
	}

	/** Reads a whole block, or the beginning of one. */
	void start(int index, JsonNode block) {
		end();
		boolean text = ProviderJson.text(block, "type").equals("text");
		if (text && this.saidLast) {
			// Citations belong to one block only.
			this.answer.endPart(new TextPart(""));
		}
		this.saidLast = text;
		switch (ProviderJson.text(block, "type")) {
			case "text" -> {
				OpenText opened = new OpenText(block);
				this.text = opened;
				announce(block, opened.further());
				this.answer.text(ProviderJson.text(block, "text"));
			}
			case "thinking" -> {
				String thinking = ProviderJson.text(block, "thinking");
				// The beginning of a block is empty. A whole block has its signature.
				if (!thinking.isEmpty() || !ProviderJson.text(block, "signature").isEmpty()) {
					this.answer.reasoning(thinking);
				}
				announce(block, OpenBlock.further(block));
				open(block);
			}
			case "redacted_thinking" -> {
				this.answer.reasoning("");
				open(block);
			}
			case "tool_use" -> {
				ToolCallParts call = new ToolCallParts(ProviderJson.text(block, "id"),
						ProviderJson.text(block, "name"));
				// The beginning of a block has an empty input. It must not be added to
				// the text that follows.
				if (!block.path("input").isEmpty()) {
					call.addArguments(block.path("input"));
				}
				ObjectNode further = ((ObjectNode) block).deepCopy().without(OF_CALLS);
				if (!further.isEmpty()) {
					call.state(AnthropicState.of(further));
				}
				begin(index, call);
				this.answer.toolCallProgress();
			}
			default -> open(block);
		}
	}

	/** A block of a known kind begins with members that only clients of this API read. */
	private void announce(JsonNode block, ObjectNode further) {
		if (!further.isEmpty()) {
			ObjectNode notice = ProviderJson.MAPPER.createObjectNode();
			notice.putObject(BLOCK).put("type", ProviderJson.text(block, "type")).setAll(further);
			this.answer.notice(AnthropicState.of(notice), false);
		}
	}

	private void open(JsonNode block) {
		this.open = (block instanceof ObjectNode object) ? new OpenBlock(object) : null;
	}

	/** The block that is kept for the provider is complete, if there is one. */
	void end() {
		OpenBlock block = this.open;
		AssistantPart part = (block != null) ? block.part() : (this.text != null) ? this.text.part() : null;
		this.open = null;
		this.text = null;
		if (part != null) {
			boolean answers = block != null && block.answers();
			this.saidLast = false;
			if (answers) {
				this.answer.endAnswer(part);
			}
			else {
				this.answer.endPart(part);
			}
			this.kept |= block != null && !block.isThought();
		}
	}

	/**
	 * The model stopped for a reason that asks for more than to read the text, such as a
	 * pause between two tools of the provider. What came so far is the answer then.
	 */
	void stopped() {
		if (this.kept) {
			this.answer.endAnswer(new TextPart(""));
		}
	}

	/** Reads more of a block. */
	void delta(int index, JsonNode delta) {
		if (this.open != null) {
			this.open.add(delta);
		}
		switch (ProviderJson.text(delta, "type")) {
			case "text_delta" -> this.answer.text(ProviderJson.text(delta, "text"));
			case "thinking_delta" -> this.answer.reasoning(ProviderJson.text(delta, "thinking"));
			// The only sign of thinking that the provider does not show.
			case "signature_delta" -> this.answer.reasoning("");
			case "citations_delta" -> {
				if (this.text != null) {
					this.text.add(delta.path("citation"));
				}
			}
			case "input_json_delta" -> {
				ToolCallParts call = this.currentByIndex.get(index);
				if (call != null) {
					call.addArguments(delta.path("partial_json"));
					this.answer.toolCallProgress();
				}
			}
			default -> {
				if (this.text != null) {
					this.text.grow(delta);
					ObjectNode notice = ProviderJson.MAPPER.createObjectNode();
					this.answer.notice(AnthropicState.of(notice.set(DELTA, delta)), false);
				}
			}
		}
	}

	private void begin(int index, ToolCallParts call) {
		ToolCallParts before = this.currentByIndex.put(index, call);
		if (before != null && before.id().equals(call.id())) {
			// The same call, begun again.
			this.toolCalls.remove(before);
		}
		this.toolCalls.add(call);
	}

}
