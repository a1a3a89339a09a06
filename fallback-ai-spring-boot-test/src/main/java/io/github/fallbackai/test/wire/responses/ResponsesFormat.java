// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.responses;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.Message;
import io.github.fallbackai.test.wire.Prompt;
import io.github.fallbackai.test.wire.PromptBlock;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.Refusal;
import io.github.fallbackai.test.wire.Turn;
import io.github.fallbackai.test.wire.WireFormat;
import io.github.fallbackai.test.wire.openai.OpenAiFormat;

/**
 * The Responses interface: {@code POST .../responses}.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">OpenAI API
 * reference</a>
 */
public final class ResponsesFormat implements WireFormat {

	private final OpenAiFormat openAi = new OpenAiFormat();

	@Override
	public boolean serves(String path) {
		return path.endsWith("/responses");
	}

	@Override
	public Prompt read(String uri, JsonNode body) {
		JsonNode input = body.path("input");
		List<Message> conversation = new ArrayList<>();
		if (body.path("instructions").isTextual()) {
			conversation.add(new Message("system", body.path("instructions").textValue()));
		}
		if (input.isTextual()) {
			conversation.add(new Message(Message.USER, input.textValue()));
		}
		else if (input.isEmpty()) {
			throw new IllegalArgumentException("Missing required parameter: 'input'.");
		}
		input.forEach((item) -> add(item, conversation));
		return new Prompt(body.path("model").asText(), body.path("stream").asBoolean(), true, conversation);
	}

	private static void add(JsonNode item, List<Message> conversation) {
		String type = item.path("type").asText("message");
		if (type.equals("function_call_output")) {
			conversation.add(Message.of("tool", item.path("output")));
		}
		else if (type.equals("message")) {
			String role = item.path("role").asText();
			conversation.add(Message.of(role.equals("developer") ? "system" : role, item.path("content")));
		}
	}

	@Override
	public @Nullable Refusal refusal(Prompt prompt, JsonNode body, ProviderRules rules) {
		return new ResponsesRules(prompt.model(), body).refusal();
	}

	@Override
	public List<PromptBlock> blocks(JsonNode body) {
		return PromptBlock.unasked(body, "tools", "instructions", "input");
	}

	@Override
	public List<Frame> stream(Turn turn) {
		return new ResponseStream(turn).frames();
	}

	@Override
	public String unary(Turn turn) {
		return Json.write(new ResponseDocument(turn).ended());
	}

	@Override
	public String error(ProviderError error) {
		return this.openAi.error(error);
	}

	@Override
	public String errorEvent(ProviderError error) {
		ObjectNode event = Json.object().put("type", "error");
		event.set("error", Json.read(error(error)).path("error"));
		return "event: error\ndata: " + Json.write(event) + "\n\n";
	}

	@Override
	public String requestIdHeader() {
		return "x-request-id";
	}

}
