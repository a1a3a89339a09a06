// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.jspecify.annotations.Nullable;

/**
 * A block of text, and the places in documents that it cites: see
 * <a href="https://docs.anthropic.com/en/docs/build-with-claude/citations">citations</a>.
 */
final class OpenText {

	static final String CITATIONS = "citations";

	/** Beyond that, an answer is worth more than its notes. */
	private static final int MOST = 1000;

	private static final Set<String> OF_TEXTS = Set.of("type", "text", CITATIONS);

	private final ObjectNode further;

	/** Members that grow in deltas. */
	private final Map<String, StringBuilder> texts = new HashMap<>(1);

	private final ArrayNode citations = ProviderJson.MAPPER.createArrayNode();

	/**
	 * Opens a block.
	 * @param start the whole block, or the beginning of one
	 */
	OpenText(JsonNode start) {
		this.further = ((ObjectNode) start).deepCopy().without(OF_TEXTS);
		start.path(CITATIONS).forEach(this::add);
	}

	/** Adds a citation. */
	void add(JsonNode citation) {
		if (citation.isObject() && this.citations.size() < MOST) {
			this.citations.add(citation);
		}
	}

	/**
	 * A delta of a kind that is not known here. As in other blocks, it adds to texts of
	 * the block, or sets other members.
	 */
	void grow(JsonNode delta) {
		delta.properties().forEach((member) -> {
			String name = member.getKey();
			if (!OF_TEXTS.contains(name)) {
				String more = member.getValue().textValue();
				if (more != null) {
					this.texts
						.computeIfAbsent(name, (first) -> new StringBuilder(ProviderJson.text(this.further, name)))
						.append(more);
				}
				else {
					this.further.set(name, member.getValue());
				}
			}
		});
	}

	/** Members that mean nothing here. */
	ObjectNode further() {
		return this.further;
	}

	/** The part without its text, {@code null} if it is nothing but text. */
	@Nullable TextPart part() {
		ObjectNode members = this.further.deepCopy();
		this.texts.forEach((name, text) -> members.put(name, text.toString()));
		if (!this.citations.isEmpty()) {
			members.set(CITATIONS, this.citations);
		}
		if (members.isEmpty()) {
			return null;
		}
		return new TextPart("").withState(AnthropicState.of(members));
	}

}
