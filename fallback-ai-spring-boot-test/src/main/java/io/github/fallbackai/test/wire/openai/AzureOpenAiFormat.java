// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
 * Azure's variant of Chat Completions:
 * {@code POST .../openai/deployments/<deployment>/chat/completions?api-version=<version>}.
 * It reports the result of its filter for the prompt in a first chunk without choices.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-services/openai/reference">Azure
 * OpenAI reference</a>
 */
public final class AzureOpenAiFormat implements WireFormat {

	private static final Pattern PATH = Pattern.compile(".*/openai/deployments/([^/]+)/chat/completions");

	private static final String PROMPT_FILTER = """
			data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":\
			[{"prompt_index":0,"content_filter_results":{"violence":{"filtered":false,"severity":"safe"}}}]}

			""";

	@Override
	public boolean serves(String path) {
		return PATH.matcher(path).matches();
	}

	@Override
	public Prompt read(String uri, JsonNode body) {
		int query = uri.indexOf('?');
		if (query < 0 || !uri.substring(query).contains("api-version=")) {
			throw new IllegalArgumentException("The query parameter api-version is missing.");
		}
		Matcher path = PATH.matcher(uri.substring(0, query));
		Prompt prompt = ChatCompletionRequest.read(body);
		String model = (prompt.model().isEmpty() && path.matches()) ? path.group(1) : prompt.model();
		return new Prompt(model, prompt.stream(), prompt.usageInStream(), prompt.messages());
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
		List<Frame> frames = new ArrayList<>();
		frames.add(Frame.structure(PROMPT_FILTER));
		frames.addAll(new ChatCompletionStream(turn).frames());
		return frames;
	}

	@Override
	public String unary(Turn turn) {
		return ChatCompletion.write(turn);
	}

	@Override
	public String error(ProviderError error) {
		return AzureOpenAiErrors.write(error);
	}

	@Override
	public String errorEvent(ProviderError error) {
		return "data: " + error(error) + "\n\n";
	}

	@Override
	public String requestIdHeader() {
		return "apim-request-id";
	}

}
