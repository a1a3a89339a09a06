// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.gemini;

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
 * The GenerateContent interface: {@code POST .../models/<model>:generateContent} and
 * {@code :streamGenerateContent?alt=sse}.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">Gemini API reference</a>
 */
public final class GeminiFormat implements WireFormat {

	@Override
	public boolean serves(String path) {
		return path.endsWith(":generateContent") || path.endsWith(":streamGenerateContent");
	}

	@Override
	public Prompt read(String uri, JsonNode body) {
		return GenerateContentRequest.read(uri, body);
	}

	@Override
	public @Nullable Refusal refusal(Prompt prompt, JsonNode body, ProviderRules rules) {
		return new ContentsRules(prompt.model(), body.path("contents")).refusal();
	}

	@Override
	public List<PromptBlock> blocks(JsonNode body) {
		return PromptBlock.unasked(body, "tools", "systemInstruction", "contents");
	}

	@Override
	public List<Frame> stream(Turn turn) {
		return new GenerateContentResponse(turn).stream();
	}

	@Override
	public String unary(Turn turn) {
		return new GenerateContentResponse(turn).unary();
	}

	@Override
	public String error(ProviderError error) {
		return GeminiErrors.write(error);
	}

	@Override
	public String errorEvent(ProviderError error) {
		return "data: " + GeminiErrors.write(error) + "\n\n";
	}

}
