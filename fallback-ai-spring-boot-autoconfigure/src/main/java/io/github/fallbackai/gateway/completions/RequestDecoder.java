// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.io.InputStream;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiFamily;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;

/**
 * Reads a chat completion request: see
 * <a href="https://platform.openai.com/docs/api-reference/chat/create">the API
 * reference</a>. Parameters that this library can express are read, so that every
 * provider can be asked. The rest is passed on. Immutable.
 */
final class RequestDecoder {

	/** Above the longest conversations of agents. */
	private static final int MESSAGES = 10_000;

	private static final int STOP_SEQUENCES = 100;

	private final ParameterNames parameters;

	private final Readers readers;

	private final Set<String> passThrough;

	/**
	 * Creates a decoder.
	 * @param passThrough undocumented parameters to pass on
	 */
	RequestDecoder(Set<String> passThrough) {
		this.parameters = new ParameterNames(passThrough);
		this.readers = new Readers(this.parameters);
		this.passThrough = passThrough;
	}

	/**
	 * Reads a request.
	 * @param json the body
	 * @return the request
	 * @throws RejectedRequestException if it is no request, or asks for something that is
	 * not supported
	 */
	CompletionRequest decode(InputStream json) {
		RequestField body = GatewayJson.read(json);
		String model = body.get("model").text();
		TextBudget texts = new TextBudget();
		texts.take(model);
		refuseWhatCannotBeHad(body);
		ChatRequestBuilder chat = ChatRequest.builder();
		Omissions omissions = new Omissions();
		MessageDecoder messages = new MessageDecoder(texts, new MessageMembers(this.passThrough, omissions));
		boolean openAiOnly = messages(body.get("messages"), chat, messages);
		ToolsDecoder.decode(body, chat);
		responseFormat(body.get("response_format"), chat);
		sampling(body, chat);
		promptCacheKey(body.get("prompt_cache_key"), chat);
		this.parameters.passOn(body, chat, texts);
		ProviderTranslation.add(body, chat);
		this.readers.find(body, omissions);
		RequestField streamOptions = body.get("stream_options");
		ChatRequest request = chat.build();
		texts.take(request);
		return new CompletionRequest(model, request, openAiOnly, body.get("stream").flag(false),
				!streamOptions.absent() && streamOptions.get("include_usage").flag(false), omissions);
	}

	private static void promptCacheKey(RequestField key, ChatRequestBuilder chat) {
		if (!key.absent()) {
			chat.promptCacheKey(key.text());
		}
	}

	private static void refuseWhatCannotBeHad(RequestField body) {
		RequestField count = body.get("n");
		if (!count.absent() && count.integer() != 1) {
			throw count.unsupported("there is one choice; send the request again for another");
		}
		for (RequestField modality : body.get("modalities").elements()) {
			if (!modality.text().equals("text")) {
				throw body.get("modalities").unsupported("answers are text");
			}
		}
		for (String deprecated : new String[] { "functions", "function_call" }) {
			if (!body.get(deprecated).absent()) {
				throw body.get(deprecated).unsupported("use 'tools' and 'tool_choice'");
			}
		}
	}

	private static boolean messages(RequestField messages, ChatRequestBuilder chat, MessageDecoder decoder) {
		if (messages.absent()) {
			// Says that it is missing.
			messages.text();
		}
		if (messages.elements().isEmpty()) {
			throw messages.invalid("at least one message");
		}
		boolean openAiOnly = false;
		List<RequestField> elements = messages.elements(MESSAGES);
		ArrayNode originals = null;
		for (int index = 0; index < elements.size(); index++) {
			DecodedMessage message = decoder.decode(elements.get(index));
			chat.message(message.message());
			openAiOnly |= message.openAiOnly();
			if (originals == null && !message.original().isEmpty()) {
				originals = GatewayJson.object().putArray("messages");
				for (int before = 0; before < index; before++) {
					originals.addObject();
				}
			}
			if (originals != null) {
				originals.add(message.original());
			}
		}
		if (originals != null) {
			OpenAiFamily.add(chat, "messages", originals);
		}
		return openAiOnly;
	}

	private static void responseFormat(RequestField format, ChatRequestBuilder chat) {
		if (format.absent()) {
			return;
		}
		switch (format.get("type").text()) {
			case "text" -> chat.responseFormat(ResponseFormat.TEXT);
			case "json_object" -> chat.responseFormat(ResponseFormat.JSON_OBJECT);
			case "json_schema" -> {
				RequestField schema = format.get("json_schema");
				chat.responseFormat(ResponseFormat.jsonSchema(schema.get("name").text(),
						GatewayJson.text(schema.get("schema").object())));
			}
			default -> throw format.get("type").invalid("'text', 'json_object' or 'json_schema'");
		}
	}

	private static void sampling(RequestField body, ChatRequestBuilder chat) {
		if (!body.get("temperature").absent()) {
			chat.temperature(body.get("temperature").number());
		}
		if (!body.get("top_p").absent()) {
			chat.topP(body.get("top_p").number());
		}
		if (!body.get("seed").absent()) {
			chat.seed(body.get("seed").integer());
		}
		RequestField newName = body.get("max_completion_tokens");
		RequestField maxTokens = newName.absent() ? body.get("max_tokens") : newName;
		if (!maxTokens.absent()) {
			chat.maxTokens((int) maxTokens.integer(1, Integer.MAX_VALUE));
		}
		RequestField stop = body.get("stop");
		if (stop.isText()) {
			chat.stop(stop.text());
		}
		else {
			chat.stop(stop.elements(STOP_SEQUENCES).stream().map(RequestField::text).toArray(String[]::new));
		}
	}

}
