// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads arguments and schemas.
 */
final class ArgumentJson {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
		.configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true)
		.configure(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, true)
		.build();

	private ArgumentJson() {
	}

	/** An object, {@code null} if the text is none. Nothing at all is an empty object. */
	static @Nullable ObjectNode object(String text) {
		if (text.isBlank()) {
			return JsonNodeFactory.instance.objectNode();
		}
		try {
			JsonNode node = MAPPER.readTree(text);
			return (node instanceof ObjectNode object) ? object : null;
		}
		catch (JsonProcessingException ex) {
			return null;
		}
	}

}
