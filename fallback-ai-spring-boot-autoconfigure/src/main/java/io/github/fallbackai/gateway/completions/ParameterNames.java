// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.OpenAiFamily;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;

/**
 * Which parameters go to OpenAI-compatible endpoints unchanged. Immutable.
 */
final class ParameterNames {

	/**
	 * Documented parameters that this library cannot express, and two that it can express
	 * only in part.
	 */
	private static final List<String> DOCUMENTED = List.of("frequency_penalty", "logit_bias", "logprobs", "metadata",
			"modalities", "moderation", "parallel_tool_calls", "prediction", "presence_penalty", "prompt_cache_options",
			"prompt_cache_retention", "reasoning_effort", "response_format", "safety_identifier", "service_tier",
			"store", "tools", "top_logprobs", "user", "verbosity", "web_search_options");

	/**
	 * Parameters that have been read already. If they were passed on as well, they would
	 * undo what the call needs.
	 */
	private static final Set<String> READ = Set.of("model", "messages", "stream", "stream_options", "n", "max_tokens",
			"max_completion_tokens", "temperature", "top_p", "seed", "stop", "audio", "functions", "function_call",
			"prompt_cache_key");

	private final Set<String> names = new LinkedHashSet<>(DOCUMENTED);

	ParameterNames(Set<String> passThrough) {
		this.names.addAll(passThrough);
		this.names.removeAll(READ);
	}

	/** Whether a parameter has been read, so that every endpoint gets it. */
	boolean isRead(String name) {
		return READ.contains(name);
	}

	/** Whether OpenAI-compatible endpoints get a parameter. */
	boolean passes(String name) {
		return this.names.contains(name);
	}

	void passOn(RequestField body, ChatRequestBuilder chat, TextBudget texts) {
		for (String name : this.names) {
			RequestField value = body.get(name);
			if (!value.absent()) {
				texts.take(value.value());
				OpenAiFamily.add(chat, name, name.equals("tools") ? CacheMarks.without(value.value()) : value.value());
			}
		}
		// OpenAI refuses a tool choice without tools.
		if (!body.get("tools").elements().isEmpty() && !body.get("tool_choice").absent()) {
			OpenAiFamily.add(chat, "tool_choice", body.get("tool_choice").value());
		}
	}

}
