// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of a JSON text from outside. A few bytes of text become a hundred bytes of
 * a tree, so the number of values is limited, and the largest parts of answers, which
 * this library does not use, are skipped. Belongs to one text.
 */
final class JsonTree {

	/** Most values and names of members; far above what answers have. */
	static final int MOST = 250_000;

	private static final int TOP = 1;

	private static final int CHOICE = 3;

	/** Members of an answer and of its choices that may have a value for every token. */
	private static final Set<String> PER_TOKEN = Set.of("logprobs", "logprobsResult", "prompt_logprobs",
			"prompt_token_ids", "token_ids");

	private static final Set<String> CHOICES = Set.of("choices", "candidates");

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private final JsonParser parser;

	private final boolean answer;

	private final Deque<ContainerNode<?>> open = new ArrayDeque<>();

	private int values;

	/** The member at the top that is being read. */
	private String member = "";

	private JsonTree(JsonParser parser, boolean answer) {
		this.parser = parser;
		this.answer = answer;
	}

	/**
	 * Reads a text, and closes the parser.
	 * @param parser at the beginning of the text
	 * @param answer whether the text is a provider's answer, or an event of one
	 * @return the value, {@code null} if the text is not exactly one value
	 * @throws IOException if the text is no JSON, or has too many values
	 */
	static @Nullable JsonNode read(JsonParser parser, boolean answer) throws IOException {
		try (parser) {
			JsonToken first = parser.nextToken();
			JsonNode tree = (first != null) ? new JsonTree(parser, answer).value(first) : null;
			return (parser.nextToken() == null) ? tree : null;
		}
	}

	private JsonNode value(JsonToken first) throws IOException {
		JsonNode root = node(first);
		while (!this.open.isEmpty()) {
			JsonToken token = this.parser.nextToken();
			if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
				this.open.pop();
			}
			else if (this.open.peek() instanceof ObjectNode object) {
				member(object);
			}
			else if (this.open.peek() instanceof ArrayNode array) {
				array.add(node(token));
			}
		}
		return root;
	}

	private void member(ObjectNode object) throws IOException {
		String name = this.parser.currentName();
		count();
		JsonToken token = this.parser.nextToken();
		if (this.answer && perToken(name)) {
			this.parser.skipChildren();
			return;
		}
		if (this.open.size() == TOP) {
			this.member = name;
		}
		object.set(name, node(token));
	}

	private boolean perToken(String name) {
		int depth = this.open.size();
		return (depth == TOP || (depth == CHOICE && CHOICES.contains(this.member))) && PER_TOKEN.contains(name);
	}

	private JsonNode node(JsonToken token) throws IOException {
		count();
		return switch (token) {
			case START_OBJECT -> opened(NODES.objectNode());
			case START_ARRAY -> opened(NODES.arrayNode());
			case VALUE_STRING -> NODES.textNode(this.parser.getText());
			case VALUE_NUMBER_INT -> integer();
			case VALUE_NUMBER_FLOAT -> NODES.numberNode(this.parser.getDoubleValue());
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			default -> NODES.nullNode();
		};
	}

	private <N extends ContainerNode<?>> N opened(N node) {
		this.open.push(node);
		return node;
	}

	private JsonNode integer() throws IOException {
		return switch (this.parser.getNumberType()) {
			case INT -> NODES.numberNode(this.parser.getIntValue());
			case LONG -> NODES.numberNode(this.parser.getLongValue());
			default -> NODES.numberNode(this.parser.getBigIntegerValue());
		};
	}

	private void count() throws StreamConstraintsException {
		if (++this.values > MOST) {
			throw new StreamConstraintsException("more than " + MOST + " values");
		}
	}

}
