// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.TextFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes the content blocks of a stream, one after the other. Belongs to one stream, used
 * by one signal at a time.
 */
final class BlockEvents {

	private final StringBuilder frames = new StringBuilder();

	private Open open = Open.NONE;

	private @Nullable ObjectNode beginning;

	/** How the open text or thought goes on, once it has. */
	private @Nullable TextFrame delta;

	/** Number of the next block. */
	private int next;

	/** The frames since the last time. */
	String take() {
		String taken = this.frames.toString();
		this.frames.setLength(0);
		return taken;
	}

	/**
	 * What the provider says about the next block in members that only clients of this
	 * API read, {@code null} for nothing. A block begins only with its content.
	 */
	void beginLike(@Nullable ObjectNode block) {
		this.beginning = block;
	}

	/** The block of a kind as it begins. */
	private ObjectNode beginning(ObjectNode plain) {
		ObjectNode like = this.beginning;
		this.beginning = null;
		return (like != null && like.path("type").equals(plain.path("type"))) ? plain.setAll(like) : plain;
	}

	/** Something of the open text that only clients of this API read. */
	void deltaOfText(ObjectNode delta) {
		if (this.open == Open.TEXT) {
			ObjectNode event = event("content_block_delta").put("index", this.next - 1);
			this.frames.append(frame(event.set("delta", delta)));
		}
	}

	/** More text. */
	void text(String more) {
		if (this.open != Open.TEXT) {
			start(beginning(AnswerBlocks.text("")), Open.TEXT);
		}
		more("text_delta", "text", more);
	}

	/** The text so far, which may end here, cites something. */
	void cite(JsonNode citation) {
		if (this.open == Open.TEXT) {
			ObjectNode delta = event("content_block_delta").put("index", this.next - 1);
			delta.putObject("delta").put("type", "citations_delta").set("citation", citation);
			this.frames.append(frame(delta));
		}
	}

	/** More of a thought. */
	void thinking(String more) {
		if (this.open != Open.THINKING) {
			start(beginning(AnswerBlocks.thinking("", "")), Open.THINKING);
		}
		more("thinking_delta", "thinking", more);
	}

	boolean isThinking() {
		return this.open == Open.THINKING;
	}

	/** A thought ends without a signature, if there is one. */
	void endThinking() {
		if (isThinking()) {
			end();
		}
	}

	/** The thought ends with a signature. */
	void endThinking(String signature) {
		if (!signature.isEmpty()) {
			this.frames.append(delta("signature_delta", "signature", signature));
		}
		end();
	}

	/** A block at once. Input and signature come in deltas, as clients expect them. */
	void whole(ObjectNode block) {
		JsonNode input = block.get("input");
		String signature = block.path("signature").asText();
		ObjectNode start = block.deepCopy();
		if (input != null) {
			start.putObject("input");
		}
		if (!signature.isEmpty()) {
			start.put("signature", "");
		}
		start(start, Open.OTHER);
		if (input != null) {
			this.frames.append(delta("input_json_delta", "partial_json", GatewayJson.text(input)));
		}
		endThinking(signature);
	}

	/** The open block ends, if there is one. */
	void end() {
		if (this.open != Open.NONE) {
			this.open = Open.NONE;
			this.frames.append(frame(event("content_block_stop").put("index", this.next - 1)));
		}
	}

	private void start(ObjectNode block, Open kind) {
		end();
		this.open = kind;
		this.delta = null;
		ObjectNode start = event("content_block_start").put("index", this.next++);
		start.set("content_block", block);
		this.frames.append(frame(start));
	}

	/** The text or thought that is open goes on. */
	private void more(String type, String member, String more) {
		TextFrame delta = this.delta;
		if (delta == null) {
			delta = TextFrame.of((text) -> delta(type, member, text));
			this.delta = delta;
		}
		delta.write(more, this.frames);
	}

	private String delta(String type, String member, String text) {
		ObjectNode delta = event("content_block_delta").put("index", this.next - 1);
		delta.putObject("delta").put("type", type).put(member, text);
		return frame(delta);
	}

	static ObjectNode event(String type) {
		return GatewayJson.object().put("type", type);
	}

	static String frame(ObjectNode event) {
		return "event: " + event.path("type").asText() + "\ndata: " + GatewayJson.text(event) + "\n\n";
	}

	private enum Open {

		NONE, TEXT, THINKING, OTHER

	}

}
