// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sse;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Writes the data of events as JSON in one line.
 */
final class EventJson {

	/**
	 * Surrogates are escaped. A token may end within a character, and half a character
	 * reaches the browser only as an escape. Safe for use by several threads.
	 */
	private static final JsonMapper MAPPER = JsonMapper
		.builder(new JsonFactoryBuilder().highestNonEscapedChar(Character.MIN_SURROGATE - 1).build())
		.build();

	private EventJson() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	static ServerSentEvent<String> event(String name, ObjectNode data) {
		try {
			return ServerSentEvent.builder(MAPPER.writeValueAsString(data)).event(name).build();
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("an event that JSON cannot express");
		}
	}

	static ServerSentEvent<String> text(String name, String text) {
		return event(name, object().put("text", text));
	}

	static @Nullable ObjectNode usage(@Nullable Usage usage) {
		if (usage == null) {
			return null;
		}
		ObjectNode json = object().put("inputTokens", usage.inputTokens())
			.put("outputTokens", usage.outputTokens())
			.put("cachedInputTokens", usage.cachedInputTokens())
			.put("reasoningTokens", usage.reasoningTokens());
		return (usage.cacheWriteTokens() == null) ? json : json.put("cacheWriteTokens", usage.cacheWriteTokens());
	}

	static @Nullable ObjectNode cost(@Nullable Cost cost) {
		return (cost == null) ? null : object().put("amount", cost.amount()).put("estimated", cost.estimated());
	}

	static ArrayNode attempts(List<Attempt> attempts) {
		ArrayNode array = MAPPER.createArrayNode();
		for (Attempt attempt : attempts) {
			array.addObject()
				.put("number", attempt.number())
				.put("endpoint", attempt.endpoint())
				.put("model", attempt.model())
				.put("outcome", attempt.outcome().name())
				.put("failure", name(attempt.failure()))
				.put("httpStatus", attempt.httpStatus())
				.put("providerCode", attempt.providerCode())
				.put("durationMs", attempt.duration().toMillis())
				.put("timeToFirstContentMs", millis(attempt.timeToFirstContent()));
		}
		return array;
	}

	static ArrayNode skips(List<Skip> skips) {
		ArrayNode array = MAPPER.createArrayNode();
		for (Skip skip : skips) {
			array.addObject()
				.put("endpoint", skip.endpoint())
				.put("reason", skip.reason().name())
				.put("cause", name(skip.cause()))
				.put("remainingMs", millis(skip.remaining()));
		}
		return array;
	}

	private static @Nullable String name(@Nullable FailureKind kind) {
		return (kind != null) ? kind.name() : null;
	}

	private static @Nullable Long millis(@Nullable Duration duration) {
		return (duration != null) ? duration.toMillis() : null;
	}

}
