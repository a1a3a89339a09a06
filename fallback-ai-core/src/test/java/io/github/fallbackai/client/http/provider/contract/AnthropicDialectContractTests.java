// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;

/**
 * The contract, kept by {@link AnthropicDialect}.
 */
class AnthropicDialectContractTests implements DialectContract {

	@Override
	public Dialect dialect() {
		return new AnthropicDialect();
	}

	@Override
	public List<String> folders() {
		return List.of("anthropic");
	}

	@Override
	public Map.Entry<String, String> keyHeader() {
		return Map.entry("x-api-key", "sk-secret");
	}

	@Override
	public List<String> toolCallIds() {
		return List.of("toolu_a", "toolu_b");
	}

	@Override
	public Map<FinishReason, String> finishReasons() {
		return Map.of(FinishReason.STOP, "end_turn", FinishReason.LENGTH, "max_tokens", FinishReason.TOOL_CALLS,
				"tool_use", FinishReason.CONTENT_FILTER, "refusal");
	}

	@Override
	public Set<ResponseFormat.Type> formats() {
		return EnumSet.of(ResponseFormat.Type.TEXT, ResponseFormat.Type.JSON_SCHEMA);
	}

	@Override
	public Stream<Refusal> refusals() {
		return Stream.of(new Refusal(429, "rate-limit", FailureKind.RATE_LIMITED),
				new Refusal(400, "credit-balance", FailureKind.QUOTA_EXHAUSTED),
				new Refusal(402, "billing", FailureKind.QUOTA_EXHAUSTED),
				new Refusal(400, "usage-limits", FailureKind.QUOTA_EXHAUSTED),
				new Refusal(529, "overloaded", FailureKind.OVERLOADED),
				new Refusal(500, "api-error", FailureKind.SERVER_ERROR),
				new Refusal(504, "timeout", FailureKind.TIMED_OUT),
				new Refusal(401, "invalid-key", FailureKind.AUTHENTICATION),
				new Refusal(400, "organization-disabled", FailureKind.AUTHENTICATION),
				new Refusal(403, "permission", FailureKind.PERMISSION_DENIED),
				new Refusal(404, "model-not-found", FailureKind.MODEL_UNAVAILABLE),
				new Refusal(400, "prompt-too-long", FailureKind.CONTEXT_LENGTH_EXCEEDED),
				new Refusal(400, "max-tokens-beyond-context", FailureKind.CONTEXT_LENGTH_EXCEEDED),
				new Refusal(413, "request-too-large", FailureKind.CONTEXT_LENGTH_EXCEEDED),
				new Refusal(400, "content-filtering", FailureKind.CONTENT_FILTERED),
				new Refusal(400, "prefill", FailureKind.UNSUPPORTED));
	}

	@Override
	public Usage usage() {
		return new Usage(12, 7, 4L, 3L, 2L);
	}

}
