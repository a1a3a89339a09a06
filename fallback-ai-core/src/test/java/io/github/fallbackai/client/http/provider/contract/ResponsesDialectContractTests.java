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
import io.github.fallbackai.client.http.provider.responses.ResponsesDialect;

/**
 * The contract, kept by {@link ResponsesDialect}. Its errors are those of OpenAI's other
 * API.
 */
class ResponsesDialectContractTests implements DialectContract {

	@Override
	public Dialect dialect() {
		return ResponsesDialect.openAi();
	}

	@Override
	public List<String> folders() {
		return List.of("openai-responses", "openai");
	}

	@Override
	public Map.Entry<String, String> keyHeader() {
		return Map.entry("Authorization", "Bearer sk-secret");
	}

	@Override
	public List<String> toolCallIds() {
		return List.of("call_a", "call_b");
	}

	@Override
	public Map<FinishReason, String> finishReasons() {
		return Map.of(FinishReason.STOP, "completed", FinishReason.LENGTH, "max_output_tokens", FinishReason.TOOL_CALLS,
				"completed", FinishReason.CONTENT_FILTER, "content_filter");
	}

	@Override
	public Set<ResponseFormat.Type> formats() {
		return EnumSet.allOf(ResponseFormat.Type.class);
	}

	@Override
	public Stream<Refusal> refusals() {
		return new OpenAiDialectContractTests().refusals();
	}

}
