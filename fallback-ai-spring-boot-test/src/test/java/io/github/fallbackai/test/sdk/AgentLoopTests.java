// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The official SDKs carry a conversation with tools and thoughts through several rounds,
 * and the strict simulator refuses none of their requests. What it refuses of others is
 * therefore not its own invention.
 */
class AgentLoopTests {

	private static final int ROUNDS = 3;

	private static final String RESULT = "result-of-round-";

	private static final String END = "It is warm in Rome.";

	private static final Map<String, Object> SCHEMA = Map.of("type", "object", "properties",
			Map.of("place", Map.of("type", "string")));

	private final ProviderSimulator provider = ProviderSimulator.create();

	AgentLoopTests() {
		this.provider.rules(ProviderRules.STRICT);
		this.provider.script((request) -> outcome(rounds(request)));
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static int rounds(RecordedRequest request) {
		String body = request.body().toString();
		return (int) IntStream.range(0, ROUNDS).filter((round) -> body.contains(RESULT + round)).count();
	}

	private static Outcome outcome(int rounds) {
		if (rounds == ROUNDS) {
			return Outcome.answer(Answer.text(END).withReasoning("Now it is clear."));
		}
		return Outcome.answer(Answer.text("One look.")
			.withReasoning("I have to look.")
			.withToolCalls(new ToolCall("call_a" + rounds, "look", "{\"place\":\"Rome\"}"),
					new ToolCall("call_b" + rounds, "look", "{\"place\":\"Oslo\"}")));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void chatCompletions(boolean streamed) {
		OpenAIClient client = openAi();
		ChatCompletionCreateParams.Builder conversation = ChatCompletionCreateParams.builder()
			.model("gpt-sim")
			.addFunctionTool(FunctionDefinition.builder()
				.name("look")
				.parameters(JsonValue.from(SCHEMA).convert(com.openai.models.FunctionParameters.class))
				.build())
			.addUserMessage("How is the weather?");
		ChatCompletionMessage message = message(client, conversation, streamed);
		for (int round = 0; !message.toolCalls().orElse(List.of()).isEmpty(); round++) {
			conversation.addMessage(message);
			for (ChatCompletionMessageToolCall call : message.toolCalls().get()) {
				ChatCompletionMessageFunctionToolCall function = call.asFunction();
				conversation.addMessage(ChatCompletionToolMessageParam.builder()
					.toolCallId(function.id())
					.content(RESULT + round)
					.build());
			}
			message = message(client, conversation, streamed);
		}
		client.close();
		assertEnded(message.content().orElseThrow());
	}

	private static ChatCompletionMessage message(OpenAIClient client, ChatCompletionCreateParams.Builder conversation,
			boolean streamed) {
		if (!streamed) {
			return client.chat().completions().create(conversation.build()).validate().choices().get(0).message();
		}
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		try (var chunks = client.chat().completions().createStreaming(conversation.build())) {
			chunks.stream().forEach((ChatCompletionChunk chunk) -> accumulator.accumulate(chunk.validate()));
		}
		ChatCompletion completion = accumulator.chatCompletion();
		return completion.validate().choices().get(0).message();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void responses(boolean streamed) {
		OpenAIClient client = openAi();
		List<ResponseInputItem> conversation = new ArrayList<>(
				List.of(ResponseInputItem.ofEasyInputMessage(com.openai.models.responses.EasyInputMessage.builder()
					.role(com.openai.models.responses.EasyInputMessage.Role.USER)
					.content("How is the weather?")
					.build())));
		Response response = response(client, conversation, streamed);
		for (int round = 0; response.output().stream().anyMatch(ResponseOutputItem::isFunctionCall); round++) {
			for (ResponseOutputItem item : response.output()) {
				conversation.add(JsonValue.from(item).convert(ResponseInputItem.class));
			}
			for (ResponseOutputItem item : response.output()) {
				if (item.isFunctionCall()) {
					ResponseFunctionToolCall call = item.asFunctionCall();
					conversation
						.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
							.callId(call.callId())
							.output(RESULT + round)
							.build()));
				}
			}
			response = response(client, conversation, streamed);
		}
		client.close();
		assertEnded(response.output().get(1).asMessage().content().get(0).asOutputText().text());
	}

	private static Response response(OpenAIClient client, List<ResponseInputItem> conversation, boolean streamed) {
		ResponseCreateParams request = ResponseCreateParams.builder()
			.model("gpt-sim")
			.store(false)
			.addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
			.addTool(FunctionTool.builder()
				.name("look")
				.strict(false)
				.parameters(JsonValue.from(SCHEMA).convert(FunctionTool.Parameters.class))
				.build())
			.inputOfResponse(conversation)
			.build();
		if (!streamed) {
			return client.responses().create(request).validate();
		}
		ResponseAccumulator accumulator = ResponseAccumulator.create();
		try (var events = client.responses().createStreaming(request)) {
			events.stream().forEach((ResponseStreamEvent event) -> accumulator.accumulate(event.validate()));
		}
		return accumulator.response().validate();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void messages(boolean streamed) {
		AnthropicClient client = AnthropicOkHttpClient.builder()
			.baseUrl(this.provider.url())
			.apiKey("sk-test")
			.maxRetries(0)
			.build();
		MessageCreateParams.Builder conversation = MessageCreateParams.builder()
			.model("claude-sim")
			.maxTokens(4000)
			.enabledThinking(1024)
			.addTool(Tool.builder()
				.name("look")
				.inputSchema(com.anthropic.core.JsonValue.from(SCHEMA).convert(Tool.InputSchema.class))
				.build())
			.addUserMessage("How is the weather?");
		Message message = message(client, conversation, streamed);
		for (int round = 0; message.content().stream().anyMatch((block) -> block.isToolUse()); round++) {
			conversation.addMessage(message);
			List<ContentBlockParam> results = new ArrayList<>();
			for (var block : message.content()) {
				if (block.isToolUse()) {
					ToolUseBlock use = block.asToolUse();
					results.add(ContentBlockParam.ofToolResult(
							ToolResultBlockParam.builder().toolUseId(use.id()).content(RESULT + round).build()));
				}
			}
			conversation.addUserMessageOfContentBlockParams(results);
			message = message(client, conversation, streamed);
		}
		client.close();
		assertEnded(message.content().get(1).asText().text());
	}

	private static Message message(AnthropicClient client, MessageCreateParams.Builder conversation, boolean streamed) {
		if (!streamed) {
			return client.messages().create(conversation.build()).validate();
		}
		MessageAccumulator accumulator = MessageAccumulator.create();
		try (var events = client.messages().createStreaming(conversation.build())) {
			events.stream().forEach((RawMessageStreamEvent event) -> accumulator.accumulate(event.validate()));
		}
		return accumulator.message().validate();
	}

	private OpenAIClient openAi() {
		return OpenAIOkHttpClient.builder().baseUrl(this.provider.url()).apiKey("sk-test").maxRetries(0).build();
	}

	private void assertEnded(String text) {
		assertThat(text).isEqualTo(END);
		assertThat(this.provider.requests()).hasSize(ROUNDS + 1);
		assertThat(this.provider.requests()).extracting(RecordedRequest::refusal).containsOnlyNulls();
	}

}
