// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * JSON as the formats read and write it. Thread-safe.
 */
public final class Json {

	private static final ObjectMapper MAPPER = new ObjectMapper();

	private Json() {
	}

	/**
	 * Creates an empty object.
	 * @return the object
	 */
	public static ObjectNode object() {
		return JsonNodeFactory.instance.objectNode();
	}

	/**
	 * Reads a document.
	 * @param text the document
	 * @return its root, a missing node if the text is empty
	 * @throws IllegalArgumentException if the text is no JSON; the message does not quote
	 * it
	 */
	public static JsonNode read(String text) {
		try {
			return MAPPER.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("We could not parse the JSON body of your request.");
		}
	}

	/**
	 * Reads tool arguments for a format that sends them as a value, not as text.
	 * @param text JSON, or a text that is invalid on purpose
	 * @return the value, the text itself if it is not JSON
	 */
	public static JsonNode readOrQuote(String text) {
		try {
			return read(text);
		}
		catch (IllegalArgumentException ex) {
			return TextNode.valueOf(text);
		}
	}

	/**
	 * Writes a document on one line.
	 * @param node its root
	 * @return the document
	 */
	public static String write(JsonNode node) {
		try {
			return MAPPER.writeValueAsString(node);
		}
		catch (JsonProcessingException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
