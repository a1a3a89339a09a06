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
import io.github.fallbackai.client.http.provider.openai.AzureOpenAiDialect;
import io.github.fallbackai.failure.FailureKind;

/**
 * The contract, kept by {@link AzureOpenAiDialect}.
 */
class AzureOpenAiDialectContractTests implements DialectContract {

	@Override
	public Dialect dialect() {
		return new AzureOpenAiDialect();
	}

	@Override
	public List<String> folders() {
		return List.of("azure-openai", "openai");
	}

	@Override
	public Map.Entry<String, String> keyHeader() {
		return Map.entry("api-key", "sk-secret");
	}

	@Override
	public List<String> toolCallIds() {
		return List.of("call_a", "call_b");
	}

	@Override
	public Map<FinishReason, String> finishReasons() {
		return Map.of(FinishReason.STOP, "stop", FinishReason.LENGTH, "length", FinishReason.TOOL_CALLS, "tool_calls",
				FinishReason.CONTENT_FILTER, "content_filter");
	}

	@Override
	public Set<ResponseFormat.Type> formats() {
		return EnumSet.allOf(ResponseFormat.Type.class);
	}

	@Override
	public Stream<Refusal> refusals() {
		return Stream.of(new Refusal(429, "rate-limit", FailureKind.RATE_LIMITED),
				new Refusal(429, "rate-limit-reached", FailureKind.RATE_LIMITED),
				new Refusal(429, "insufficient-quota", FailureKind.QUOTA_EXHAUSTED),
				new Refusal(429, "no-capacity", FailureKind.OVERLOADED),
				new Refusal(500, "server-error", FailureKind.SERVER_ERROR),
				new Refusal(408, "timeout", FailureKind.TIMED_OUT),
				new Refusal(401, "invalid-key", FailureKind.AUTHENTICATION),
				new Refusal(401, "gateway-invalid-key", FailureKind.AUTHENTICATION),
				new Refusal(403, "network", FailureKind.PERMISSION_DENIED),
				new Refusal(404, "deployment-not-found", FailureKind.MODEL_UNAVAILABLE),
				new Refusal(400, "operation-not-supported", FailureKind.MODEL_UNAVAILABLE),
				new Refusal(400, "context-length", FailureKind.CONTEXT_LENGTH_EXCEEDED),
				new Refusal(400, "content-filter", FailureKind.CONTENT_FILTERED),
				new Refusal(400, "bad-request", FailureKind.REFUSED_UNEXPLAINED));
	}

}
