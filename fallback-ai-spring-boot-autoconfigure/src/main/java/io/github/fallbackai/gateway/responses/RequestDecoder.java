// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;

/**
 * Reads a request: see
 * <a href="https://platform.openai.com/docs/api-reference/responses/create">the API
 * reference</a>. Immutable.
 */
final class RequestDecoder {

	private final HostedTools hostedTools;

	private final ParameterDecoder parameters;

	private final ResponseMemory memory;

	RequestDecoder(HostedTools hostedTools, Set<String> passThrough, ResponseMemory memory) {
		this.hostedTools = hostedTools;
		this.parameters = new ParameterDecoder(passThrough);
		this.memory = memory;
	}

	/**
	 * Reads a request.
	 * @param body the request
	 * @param known what it refers to
	 * @param client name of the client
	 */
	ResponsesCall decode(RequestField body, Recollection known, String client) {
		String model = body.get("model").text();
		TextBudget texts = new TextBudget();
		texts.take(model);
		LeftOut leftOut = new LeftOut(this.hostedTools);
		ChatRequestBuilder chat = ChatRequest.builder();
		this.parameters.decode(body, chat, leftOut, texts);
		ToolsDecoder tools = new ToolsDecoder(leftOut);
		boolean any = tools.decode(body, chat);
		ProviderHints.add(body, any, tools.leavesHosted(), chat, leftOut);
		String instructions = body.get("instructions").text("");
		if (!instructions.isEmpty()) {
			chat.system(instructions);
		}
		InputDecoder previous = new InputDecoder(tools.names(), leftOut, texts, known.items());
		List<ChatMessage> conversation = new ArrayList<>(previous.decode(new RequestField(known.previous())));
		conversation.addAll(input(body, new InputDecoder(tools.names(), leftOut, texts, known.items())));
		if (conversation.isEmpty()) {
			throw body.get("input").invalid("at least one item");
		}
		ChatRequest request = chat.messages(conversation).build();
		texts.take(request);
		Keeper keeper = body.get("store").flag(true) ? new Keeper(this.memory, client, known, body.get("input").value())
				: Keeper.NONE;
		return new ResponsesCall(model, request, body.get("stream").flag(false), known.bytes(), leftOut.omissions(),
				leftOut.need(), new ResponseShape(body, tools.names(), keeper));
	}

	private static List<ChatMessage> input(RequestField body, InputDecoder decoder) {
		RequestField input = body.get("input");
		if (!input.absent()) {
			return decoder.decode(input);
		}
		if (body.get("previous_response_id").absent()) {
			// Says that it is missing.
			input.text();
		}
		return List.of();
	}

}
