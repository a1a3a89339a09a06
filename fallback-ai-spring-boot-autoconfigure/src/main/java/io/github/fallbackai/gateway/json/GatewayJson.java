// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.BodyLimits;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON with a mapper of our own, because the application's mapper may be
 * set up for another purpose.
 */
public final class GatewayJson {

	/** The size and the shape of a request are bounded where it arrives. */
	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxStringLength(Integer.MAX_VALUE)
		.maxTokenCount(BodyLimits.VALUES * 2L)
		.maxNestingDepth(BodyLimits.NESTING + 1)
		.build();

	/** In bytes: up to here, making a factory takes longer than reading. */
	private static final int SMALL = 16 * 1024;

	private static final JsonFactory OF_SMALL_BODIES = JsonFactory.builder()
		.streamReadConstraints(CONSTRAINTS)
		.disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
		.build();

	/** Safe for use by several threads. */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private GatewayJson() {
	}

	/** An empty object. */
	public static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/**
	 * Reads a request. Jackson's exceptions quote the text that they could not read, so
	 * none of them leaves this class.
	 */
	public static RequestField read(InputStream body) {
		try (JsonParser parser = parser(body)) {
			JsonNode json = MAPPER.readTree(parser);
			if (json instanceof ObjectNode) {
				return new RequestField(json);
			}
		}
		catch (IOException ex) {
			// The client is told below.
		}
		throw new RejectedRequestException(
				GatewayError.invalid("invalid_json", null, "The body of the request cannot be read as a JSON object."));
	}

	/**
	 * A factory keeps thousands of names for ever, each as long as a client likes. One
	 * that keeps none reads bytes by way of characters, which takes twice as long. So
	 * each request that is not small has its own.
	 * @param body all of its bytes are there
	 */
	private static JsonParser parser(InputStream body) throws IOException {
		if (body.available() <= SMALL) {
			return OF_SMALL_BODIES.createParser(body);
		}
		return JsonFactory.builder()
			.streamReadConstraints(CONSTRAINTS)
			.disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
			.build()
			.createParser(body);
	}

	public static RequestField read(byte[] body) {
		return read(new ByteArrayInputStream(body));
	}

	/**
	 * Reads a value that may be no JSON.
	 * @param json a text
	 * @return the value, {@code null} if it is none
	 */
	public static @Nullable JsonNode value(String json) {
		try {
			return MAPPER.readTree(json);
		}
		catch (JsonProcessingException ex) {
			return null;
		}
	}

	/**
	 * Writes a value by way of a string. A token may end within a character, and the
	 * string turns half of a surrogate pair into a question mark instead of failing.
	 */
	public static byte[] write(JsonNode value) {
		return text(value).getBytes(StandardCharsets.UTF_8);
	}

	/** Writes a value in one line. */
	public static String text(JsonNode value) {
		try {
			return MAPPER.writeValueAsString(value);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("a value that JSON cannot express");
		}
	}

}
