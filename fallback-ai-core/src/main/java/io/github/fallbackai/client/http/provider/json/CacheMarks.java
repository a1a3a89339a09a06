// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.jspecify.annotations.Nullable;

/**
 * The marks for the prompt cache in a request's body, in the format of Anthropic or of
 * chat completions. A mark asks the provider to keep everything up to it: the tools
 * first, then the instructions, then the messages.
 */
public final class CacheMarks {

	private static final String MEMBER = "cache_control";

	private static final String SYSTEM = "system";

	/** Anthropic refuses a request with more. */
	private static final int MOST = 4;

	private final ObjectNode body;

	private final List<ObjectNode> onTools = new ArrayList<>();

	private final List<ObjectNode> onInstructions = new ArrayList<>();

	private final List<ObjectNode> onMessages = new ArrayList<>();

	private CacheMarks(ObjectNode body) {
		this.body = body;
		marked(body.path("tools"), this.onTools);
		marked(body.path(SYSTEM), this.onInstructions);
		for (JsonNode message : body.path("messages")) {
			boolean instruction = ProviderJson.text(message, "role").equals(SYSTEM);
			marked(message.path("content"), instruction ? this.onInstructions : this.onMessages);
		}
	}

	private static void marked(JsonNode list, List<ObjectNode> marked) {
		for (JsonNode element : list) {
			if (element instanceof ObjectNode object && object.has(MEMBER)) {
				marked.add(object);
			}
		}
	}

	/**
	 * Marks a block, a part or a tool.
	 * @param mark the mark, {@code null} for none
	 * @param holder what is marked
	 */
	public static void add(@Nullable CacheControl mark, ObjectNode holder) {
		if (mark != null) {
			holder.set(MEMBER, ProviderJson.object("cache control", mark.json()));
		}
	}

	/** The marks of a body. */
	public static CacheMarks of(ObjectNode body) {
		return new CacheMarks(body);
	}

	/**
	 * Leaves four marks at most: the last one of the tools, of the instructions and of
	 * the messages, and then those nearest to the end. What an earlier one asks for is
	 * part of what a later one asks for.
	 */
	public void limit() {
		int surplus = count() - MOST;
		for (List<ObjectNode> group : groups()) {
			while (surplus > 0 && group.size() > 1) {
				group.remove(0).remove(MEMBER);
				surplus--;
			}
		}
	}

	/** Removes them. */
	public void remove() {
		groups().forEach((group) -> group.forEach((holder) -> holder.remove(MEMBER)));
	}

	/**
	 * Marks the last tool and the end of Anthropic's instructions, if there are no marks
	 * yet.
	 */
	public void place() {
		if (count() > 0) {
			return;
		}
		JsonNode system = this.body.path(SYSTEM);
		if (system.isTextual()) {
			add(CacheControl.EPHEMERAL,
					this.body.putArray(SYSTEM).addObject().put("type", "text").put("text", system.textValue()));
		}
		else {
			last(system);
		}
		last(this.body.path("tools"));
	}

	private static void last(JsonNode list) {
		if (list.path(list.size() - 1) instanceof ObjectNode last) {
			add(CacheControl.EPHEMERAL, last);
		}
	}

	private List<List<ObjectNode>> groups() {
		return List.of(this.onMessages, this.onInstructions, this.onTools);
	}

	/** A mark of the whole body stands for one at its end. */
	private int count() {
		return groups().stream().mapToInt(List::size).sum() + (this.body.has(MEMBER) ? 1 : 0);
	}

}
