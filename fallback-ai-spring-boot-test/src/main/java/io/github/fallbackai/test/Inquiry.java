// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.Prompt;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.WireFormat;
import io.github.fallbackai.test.wire.anthropic.AnthropicFormat;
import io.github.fallbackai.test.wire.anthropic.TokenCountFormat;
import io.github.fallbackai.test.wire.embedding.EmbeddingsFormat;
import io.github.fallbackai.test.wire.gemini.GeminiFormat;
import io.github.fallbackai.test.wire.openai.AzureOpenAiFormat;
import io.github.fallbackai.test.wire.openai.OpenAiFormat;
import io.github.fallbackai.test.wire.responses.ResponsesFormat;

/**
 * A request as far as it can be understood.
 *
 * @param head request line and headers
 * @param body the body, a missing node if it is not JSON
 * @param format the format to answer in
 * @param prompt what is asked, if anything
 * @param reply the reply to a request that does not reach the model, absent for questions
 */
record Inquiry(RequestHead head, JsonNode body, WireFormat format, Prompt prompt, @Nullable Outcome reply) {

	private static final WireFormat DEFAULT_FORMAT = new OpenAiFormat();

	private static final List<WireFormat> FORMATS = List.of(EmbeddingsFormat.openAi(), EmbeddingsFormat.gemini(),
			new AzureOpenAiFormat(), DEFAULT_FORMAT, new AnthropicFormat(), new TokenCountFormat(), new GeminiFormat(),
			new ResponsesFormat());

	private static final String MODELS = """
			{"object":"list","data":[{"id":"simulated","object":"model","created":1750000000,"owned_by":"simulator"}]}""";

	static Inquiry read(RequestHead head, String body) {
		if (head.method().equals("GET") && head.path().endsWith("/models")) {
			return unasked(head, DEFAULT_FORMAT, Outcome.raw(200, "application/json", MODELS));
		}
		WireFormat format = FORMATS.stream().filter((each) -> each.serves(head.path())).findFirst().orElse(null);
		if (format == null) {
			return unasked(head, DEFAULT_FORMAT, rejection(404, "Invalid URL (" + head + ")"));
		}
		if (!head.method().equals("POST")) {
			return unasked(head, format, rejection(405, "Not allowed (" + head + ")"));
		}
		try {
			JsonNode document = Json.read(body);
			return new Inquiry(head, document, format, format.read(head.uri(), document), null);
		}
		catch (IllegalArgumentException ex) {
			return unasked(head, format, rejection(400, ex.getMessage()));
		}
	}

	RecordedRequest record(int index) {
		return new RecordedRequest(index, this.head, this.body, this.prompt);
	}

	private static Inquiry unasked(RequestHead head, WireFormat format, Outcome reply) {
		return new Inquiry(head, MissingNode.getInstance(), format, Prompt.NONE, reply);
	}

	private static Outcome rejection(int status, @Nullable String message) {
		ProviderError error = ProviderError.of(status);
		return Outcome.error((message != null) ? error.withMessage(message) : error);
	}

}
