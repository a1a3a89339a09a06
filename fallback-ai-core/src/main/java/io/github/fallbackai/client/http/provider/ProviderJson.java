// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * JSON of providers. It uses a mapper of our own, because the application's mapper may be
 * set up for another purpose.
 */
public final class ProviderJson {

	/** The size of a response is limited where it is read. */
	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxStringLength(Integer.MAX_VALUE)
		.build();

	/** Most bytes of a text whose names are kept for the next one. */
	private static final int SMALL = 16 * 1024;

	/**
	 * Keeps the names that it has seen, a few thousand at most, so that they have to be
	 * short. Nothing but memory is at stake if they collide.
	 */
	private static final JsonFactory SHARED = JsonFactory.builder()
		.streamReadConstraints(CONSTRAINTS.rebuild().maxNameLength(100).build())
		.disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
		.disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
		.build();

	/** The mapper, safe for use by several threads. */
	public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
		.streamReadConstraints(CONSTRAINTS)
		// Jackson would keep thousands of names for ever, each as long as a provider
		// likes.
		.disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
		.build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

	static {
		// Jackson prepares to read a tree at the first use, under a lock. Other event
		// loops would wait for that lock, so it is done here.
		read("0");
	}

	private ProviderJson() {
	}

	/**
	 * Parses a text from outside. Jackson's exceptions quote the text that they could not
	 * parse, so none of them leaves this class.
	 * @param text the text
	 * @return the value, or {@code null} if the text is not exactly one JSON value, or
	 * has more than 250,000 values and names
	 */
	public static @Nullable JsonNode read(String text) {
		try {
			return JsonTree.read(MAPPER.createParser(text), false);
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Parses a text from outside, like {@link #read(String)}.
	 * @param text the text in UTF-8
	 */
	public static @Nullable JsonNode read(byte[] text) {
		return read(text, false);
	}

	/**
	 * Parses an event of an answer, like {@link #read(String)}, but without the members
	 * that may have a value for every token: {@code logprobs} and the like.
	 * @param event the text of the event
	 */
	public static @Nullable JsonNode readAnswer(String event) {
		try {
			return JsonTree.read(MAPPER.createParser(event), true);
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Parses an answer, like {@link #readAnswer(String)}.
	 * @param answer the text in UTF-8
	 */
	public static @Nullable JsonNode readAnswer(byte[] answer) {
		return read(answer, true);
	}

	private static @Nullable JsonNode read(byte[] text, boolean answer) {
		if (text.length <= SMALL) {
			try {
				return JsonTree.read(SHARED.createParser(text), answer);
			}
			catch (IOException ex) {
				// It is malformed or has a long name, and the other parser tells which.
			}
		}
		try {
			return JsonTree.read(ownParser(text), answer);
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Parses the body of a request that this library wrote, however large it is.
	 * @param request the text in UTF-8
	 * @return the object, or {@code null} if the text is not exactly one JSON object
	 */
	public static @Nullable ObjectNode readRequest(byte[] request) {
		try {
			return (MAPPER.readTree(request) instanceof ObjectNode object) ? object : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Jackson notices early that a name is too long only if it reads bytes and may keep
	 * names. It keeps them in a factory of this text's own, which is forgotten with it.
	 */
	private static JsonParser ownParser(byte[] text) throws IOException {
		return JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build().createParser(text);
	}

	/** Whether a text is exactly one JSON object. Makes no tree of it. */
	static boolean isObject(String text) {
		try (JsonParser parser = MAPPER.createParser(text)) {
			boolean object = parser.nextToken() == JsonToken.START_OBJECT;
			parser.skipChildren();
			return object && parser.nextToken() == null;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Parses a text that the caller gave.
	 * @param what the name of the text, for the message; no content
	 * @param text the text
	 * @return the object
	 * @throws IllegalArgumentException if the text is not a JSON object
	 */
	public static ObjectNode object(String what, @Nullable String text) {
		ObjectNode object = (text != null) ? readRequest(text.getBytes(StandardCharsets.UTF_8)) : null;
		if (object == null) {
			throw new IllegalArgumentException(what + ": not a JSON object");
		}
		return object;
	}

	/**
	 * The arguments of a tool call as the object that some providers require. If a model
	 * was cut, its text is no object, but the conversation should still go on. The text
	 * is then quoted as <a href=
	 * "https://docs.anthropic.com/en/docs/agents-and-tools/tool-use">Anthropic</a>
	 * suggests.
	 * @param arguments what the model wrote
	 * @return the object
	 */
	public static ObjectNode arguments(String arguments) {
		if (arguments.isBlank()) {
			return MAPPER.createObjectNode();
		}
		return (read(arguments) instanceof ObjectNode object) ? object
				: MAPPER.createObjectNode().put("INVALID_JSON", arguments);
	}

	/**
	 * The same for providers that take the arguments as a text. Many parse it and refuse
	 * what is no object.
	 * @param arguments what the model wrote
	 * @return the text of an object
	 */
	public static String argumentsText(String arguments) {
		return (read(arguments) instanceof ObjectNode) ? arguments : arguments(arguments).toString();
	}

	/**
	 * Writes a value as UTF-8.
	 * @param value the value
	 * @return the text
	 */
	public static byte[] write(JsonNode value) {
		try {
			// By way of a string. A text that was cut by its length often ends with half
			// of a surrogate pair. The string turns it into a question mark, while
			// Jackson's UTF-8 generator would refuse the whole request.
			return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException("the request has a value that JSON cannot express");
		}
	}

	/**
	 * Reads a text member.
	 * @param object any node
	 * @param name name of the member
	 * @return the text, empty if there is no such member or if it is no text
	 */
	public static String text(JsonNode object, String name) {
		return object.path(name).asText("");
	}

}
