// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.anthropic;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

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
 * The Messages interface: {@code POST .../messages}.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages">Anthropic API reference</a>
 */
public class AnthropicFormat implements WireFormat {

	/** With this beta, instructions may stand between other messages. */
	private static final String SYSTEM_MESSAGES = "mid-conversation-system-2026-04-07";

	@Override
	public boolean serves(String path) {
		return path.endsWith("/messages");
	}

	@Override
	public Prompt read(String uri, JsonNode body) {
		return MessagesRequest.read(body);
	}

	@Override
	public @Nullable Refusal refusal(Prompt prompt, JsonNode body, ProviderRules rules,
			Function<String, @Nullable String> headers) {
		String beta = Objects.requireNonNullElse(headers.apply("anthropic-beta"), "");
		return new MessagesRules(prompt.model(), body, beta.contains(SYSTEM_MESSAGES)).refusal();
	}

	@Override
	public List<PromptBlock> blocks(JsonNode body) {
		return MessagesRequest.blocks(body);
	}

	@Override
	public List<Frame> stream(Turn turn) {
		return new MessageStream(turn).frames();
	}

	@Override
	public String unary(Turn turn) {
		return MessageDocument.write(turn);
	}

	@Override
	public String error(ProviderError error) {
		return AnthropicErrors.write(error);
	}

	@Override
	public String errorEvent(ProviderError error) {
		return "event: error\ndata: " + AnthropicErrors.write(error) + "\n\n";
	}

	@Override
	public String ping() {
		return MessageStream.PING;
	}

	@Override
	public String requestIdHeader() {
		return "request-id";
	}

}
