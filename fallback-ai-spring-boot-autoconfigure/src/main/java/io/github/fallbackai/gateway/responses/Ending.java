// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Instant;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.state.StateToken;
import org.jspecify.annotations.Nullable;

/**
 * Writes how a response ends.
 */
final class Ending {

	static final String COMPLETED = "completed";

	static final String INCOMPLETE = "incomplete";

	private static final String TIER = "service_tier";

	private Ending() {
	}

	/**
	 * Ends the output and writes the whole response.
	 * @param response the answer
	 * @param output what it has
	 * @param shape how the response looks
	 */
	static ObjectNode of(ChatResponse response, Output output, ResponseShape shape) {
		String reason = reason(response);
		String status = (reason == null) ? COMPLETED : INCOMPLETE;
		output.endHosted();
		output.end(status);
		String token = StateToken.of(response.toMessage());
		if (token != null) {
			output.state(token);
		}
		ObjectNode json = shape.response(status, response.model(), output.items());
		if (reason != null) {
			json.putObject("incomplete_details").put("reason", reason);
		}
		json.put("completed_at", Instant.now().getEpochSecond());
		Usage usage = response.usage();
		if (usage != null) {
			json.set("usage", usage(usage));
		}
		json.put(TIER, tier(response, json.path(TIER).asText()));
		shape.keeper().keep(shape.ids(), GatewayJson.text(json));
		return json;
	}

	/** The tier that was used, as far as the endpoint says. */
	private static String tier(ChatResponse response, String asked) {
		ObjectNode remarks = HostedItem.members(response.remarks());
		String used = (remarks != null) ? remarks.path(TIER).asText() : "";
		return !used.isEmpty() ? used : asked.equals("auto") ? "default" : asked;
	}

	/**
	 * Why it is incomplete. A word that no table knows never means that it is complete.
	 */
	private static @Nullable String reason(ChatResponse response) {
		return switch (response.finishReason()) {
			case STOP, TOOL_CALLS, REFUSAL -> null;
			case LENGTH -> "max_output_tokens";
			case CONTENT_FILTER -> "content_filter";
			case OTHER -> Objects.requireNonNullElse(response.rawFinishReason(), "other");
		};
	}

	private static ObjectNode usage(Usage usage) {
		ObjectNode json = GatewayJson.object().put("input_tokens", usage.inputTokens());
		json.putObject("input_tokens_details")
			.put("cached_tokens", zero(usage.cachedInputTokens()))
			.put("cache_write_tokens", zero(usage.cacheWriteTokens()));
		json.put("output_tokens", usage.outputTokens());
		json.putObject("output_tokens_details").put("reasoning_tokens", zero(usage.reasoningTokens()));
		return json.put("total_tokens", usage.totalTokens());
	}

	/** Clients insist on these numbers. */
	private static long zero(@Nullable Long unknown) {
		return (unknown != null) ? unknown : 0;
	}

	/** What a failed response says. Clients know a few codes only. */
	static ObjectNode error(GatewayError error) {
		String code = switch (error.type()) {
			case GatewayError.RATE_LIMIT -> "rate_limit_exceeded";
			case GatewayError.INVALID_REQUEST ->
				"context_length_exceeded".equals(error.code()) ? error.code() : "invalid_prompt";
			default -> "server_error";
		};
		return GatewayJson.object().put("code", code).put("message", error.message());
	}

}
