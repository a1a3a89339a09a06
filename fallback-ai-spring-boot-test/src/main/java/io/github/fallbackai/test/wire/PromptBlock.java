// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A piece of a prompt as a provider's cache sees it: in the order in which the model
 * reads it, and byte for byte.
 *
 * @param text what the piece says, as JSON
 * @param end whether the provider may keep the prompt up to the end of this piece
 */
public record PromptBlock(String text, boolean end) {

	private static final String MARK = "cache_control";

	/**
	 * Reads pieces of a prompt that the provider keeps without being asked.
	 * @param body the body of a request
	 * @param names the members that the model reads, in that order
	 * @return the pieces
	 */
	public static List<PromptBlock> unasked(JsonNode body, String... names) {
		List<PromptBlock> blocks = new ArrayList<>();
		for (String name : names) {
			for (JsonNode element : elements(body.path(name))) {
				blocks.add(new PromptBlock(Json.write(element), true));
			}
		}
		return blocks;
	}

	/**
	 * Reads a piece that may have a mark. The mark is not part of what the model reads.
	 * @param block the piece
	 * @return the piece without its mark
	 */
	public static PromptBlock marked(JsonNode block) {
		boolean end = block.has(MARK);
		JsonNode unmarked = end ? ((ObjectNode) block.deepCopy()).without(MARK) : block;
		return new PromptBlock(Json.write(unmarked), end);
	}

	/**
	 * Returns a list's elements, or the value itself if it is no list.
	 * @param value a value, or nothing
	 * @return the elements
	 */
	public static Iterable<JsonNode> elements(JsonNode value) {
		return (value.isArray() || value.isMissingNode()) ? value : List.of(value);
	}

	/**
	 * Returns the size of this piece.
	 * @return the number of tokens
	 */
	public int tokens() {
		return Tokens.of(this.text).size();
	}

	@Override
	public String toString() {
		return "PromptBlock[" + tokens() + " tokens, end=" + this.end + "]";
	}

}
