// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.MergedMembers;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * Finds reasoning in deltas or in a message, under any name that servers use, and
 * remembers the names. Belongs to one answer.
 */
final class ReasoningDeltas {

	private static final Set<String> CHUNK = Set.of("type", "thinking");

	private final AnswerEvents answer;

	private final Set<String> members = new LinkedHashSet<>(2);

	/** Further members of a part of type {@code thinking}. */
	private MergedMembers chunk = new MergedMembers();

	ReasoningDeltas(AnswerEvents answer) {
		this.answer = answer;
	}

	/**
	 * The reasoning: {@code reasoning_content} (DeepSeek, xAI, vLLM), {@code reasoning}
	 * (OpenRouter, Groq, Together), parts of type {@code thinking} (Mistral), or
	 * {@code reasoning_details} whose text is encrypted (OpenRouter).
	 */
	void read(JsonNode delta) {
		String text = member(delta, "reasoning_content");
		String other = member(delta, "reasoning");
		text = text.isEmpty() ? other : text;
		if (!text.isEmpty() || delta.path("reasoning_details").size() > 0) {
			this.answer.reasoning(text);
		}
		for (JsonNode part : delta.path("content")) {
			JsonNode thoughts = part.path("thinking");
			if (thoughts.isArray()) {
				this.members.add(OpenAiState.CONTENT);
				this.chunk.add(part, CHUNK);
				thoughts.forEach((thought) -> this.answer.reasoning(ProviderJson.text(thought, "text")));
			}
		}
	}

	private String member(JsonNode delta, String name) {
		String text = ProviderJson.text(delta, name);
		if (!text.isEmpty()) {
			this.members.add(name);
		}
		return text;
	}

	/** If there is reasoning under way, it ends here. */
	void end() {
		if (this.answer.reasons() && !this.members.isEmpty()) {
			this.answer.endPart(OpenAiState.reasoning(this.members, this.chunk.toObject()));
			this.members.clear();
			this.chunk = new MergedMembers();
		}
	}

}
