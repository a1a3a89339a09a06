// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Prompt;
import io.github.fallbackai.test.wire.PromptBlock;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.Refusal;
import io.github.fallbackai.test.wire.Turn;
import io.github.fallbackai.test.wire.WireFormat;

/**
 * The Chat Completions interface: {@code POST .../chat/completions}.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">OpenAI API
 * reference</a>
 */
public final class OpenAiFormat implements WireFormat {

	@Override
	public boolean serves(String path) {
		return path.endsWith("/chat/completions");
	}

	@Override
	public Prompt read(String uri, JsonNode body) {
		return ChatCompletionRequest.read(body);
	}

	@Override
	public @Nullable Refusal refusal(Prompt prompt, JsonNode body, ProviderRules rules) {
		return new ChatCompletionRules(prompt.model(), body, rules).refusal();
	}

	@Override
	public List<PromptBlock> blocks(JsonNode body) {
		return PromptBlock.unasked(body, "tools", "messages");
	}

	@Override
	public List<Frame> stream(Turn turn) {
		return new ChatCompletionStream(turn).frames();
	}

	@Override
	public String unary(Turn turn) {
		return ChatCompletion.write(turn);
	}

	@Override
	public String error(ProviderError error) {
		return OpenAiErrors.write(error);
	}

	@Override
	public String errorEvent(ProviderError error) {
		return "data: " + OpenAiErrors.write(error) + "\n\n";
	}

	@Override
	public String requestIdHeader() {
		return "x-request-id";
	}

}
