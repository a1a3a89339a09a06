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
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.failure.FailureKind;

/**
 * The contract, kept by {@link GeminiDialect}.
 */
class GeminiDialectContractTests implements DialectContract {

	@Override
	public Dialect dialect() {
		return new GeminiDialect();
	}

	@Override
	public List<String> folders() {
		return List.of("gemini");
	}

	@Override
	public Map.Entry<String, String> keyHeader() {
		return Map.entry("x-goog-api-key", "sk-secret");
	}

	@Override
	public List<String> toolCallIds() {
		return List.of("call_resp-f1_0", "call_resp-f1_1");
	}

	@Override
	public Map<FinishReason, String> finishReasons() {
		return Map.of(FinishReason.STOP, "STOP", FinishReason.LENGTH, "MAX_TOKENS", FinishReason.TOOL_CALLS, "STOP",
				FinishReason.CONTENT_FILTER, "SAFETY");
	}

	@Override
	public Set<ResponseFormat.Type> formats() {
		return EnumSet.allOf(ResponseFormat.Type.class);
	}

	@Override
	public Stream<Refusal> refusals() {
		return Stream.of(new Refusal(429, "rate-limit", FailureKind.RATE_LIMITED),
				new Refusal(429, "array", FailureKind.RATE_LIMITED),
				new Refusal(429, "credits-depleted", FailureKind.QUOTA_EXHAUSTED),
				new Refusal(403, "billing-disabled", FailureKind.QUOTA_EXHAUSTED),
				new Refusal(503, "overloaded", FailureKind.OVERLOADED),
				new Refusal(500, "internal", FailureKind.SERVER_ERROR),
				new Refusal(504, "deadline", FailureKind.TIMED_OUT),
				new Refusal(400, "invalid-key", FailureKind.AUTHENTICATION),
				new Refusal(400, "invalid-key-in-words", FailureKind.AUTHENTICATION),
				new Refusal(400, "expired-key", FailureKind.AUTHENTICATION),
				new Refusal(401, "unauthenticated", FailureKind.AUTHENTICATION),
				new Refusal(403, "permission", FailureKind.PERMISSION_DENIED),
				new Refusal(403, "service-disabled", FailureKind.PERMISSION_DENIED),
				new Refusal(400, "location", FailureKind.PERMISSION_DENIED),
				new Refusal(404, "model-not-found", FailureKind.MODEL_UNAVAILABLE),
				new Refusal(400, "context-length", FailureKind.CONTEXT_LENGTH_EXCEEDED),
				new Refusal(400, "responsible-ai", FailureKind.CONTENT_FILTERED),
				new Refusal(400, "invalid-argument", FailureKind.REFUSED_UNEXPLAINED));
	}

}
