// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the blocks of a stream when the provider itself works: from the call of one
 * of its tools to the result, and while it writes a block that it shows only in the end,
 * such as the summary of a conversation. Belongs to one answer.
 */
final class ServerWork {

	/** Blocks that come as the model writes them. */
	private static final Set<String> OF_THE_MODEL = Set.of("text", "thinking", "redacted_thinking", "tool_use");

	/** The block that is open. There is one at a time. */
	private static final String BLOCK = "content_block";

	private final AnswerEvents answer;

	private @Nullable JsonNode open;

	ServerWork(AnswerEvents answer) {
		this.answer = answer;
	}

	/** A block begins. */
	void begins(JsonNode block) {
		ends();
		if (!OF_THE_MODEL.contains(ProviderJson.text(block, "type"))) {
			this.open = block;
			this.answer.work().begins(BLOCK);
			this.answer.work().ends(ProviderJson.text(block, OpenBlock.CALL));
		}
	}

	/** The open block ends, if there is one. */
	void ends() {
		JsonNode block = this.open;
		this.open = null;
		if (block != null && OpenBlock.isCall(block)) {
			this.answer.work().begins(ProviderJson.text(block, "id"));
		}
		this.answer.work().ends(BLOCK);
	}

}
