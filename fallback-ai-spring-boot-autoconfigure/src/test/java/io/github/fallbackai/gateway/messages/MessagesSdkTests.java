// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.List;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelInfo;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anthropic's SDK talks to a gateway before every kind of provider.
 */
class MessagesSdkTests {

	static final List<String> KINDS = MessagesGateway.KINDS;

	private static final String CALL = "{\"city\":\"Oslo\"}";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void prepare() {
		gateway.reset();
		first.rules(ProviderRules.STRICT);
		second.rules(ProviderRules.STRICT);
	}

	@ParameterizedTest
	@FieldSource("KINDS")
	void completesAndStreams(String kind) {
		first.always(Outcome.answer(Answer.text("Guten Tag 👋").withModel("dated-model")));
		MessageCreateParams question = question(kind).build();
		for (Message message : List.of(gateway.client().messages().create(question), stream(question))) {
			assertThat(message.validate().content()).hasSize(1);
			assertThat(message.content().get(0).asText().text()).isEqualTo("Guten Tag 👋");
			assertThat(message.stopReason()).contains(StopReason.END_TURN);
			assertThat(message.model().asString()).isEqualTo("dated-model");
			assertThat(message.id()).startsWith("msg_");
			assertThat(message.usage().inputTokens()).isPositive();
			assertThat(message.usage().outputTokens()).isPositive();
		}
	}

	/** The simulator refuses a result whose signed thoughts did not come back. */
	@ParameterizedTest
	@FieldSource("KINDS")
	void goesOnAfterATool(String kind) {
		first.script((request) -> request.body().toString().contains("Rain") ? Outcome.answer("Take an umbrella.")
				: Outcome.answer(Answer.toolCalls(ToolCall.of("weather", CALL), ToolCall.of("time", "{}"))
					.withText("Let me see.")
					.withReasoning("They want the weather.")));
		for (boolean streams : new boolean[] { false, true }) {
			MessageCreateParams question = question(kind).addTool(tool("weather")).addTool(tool("time")).build();
			Message called = streams ? stream(question) : gateway.client().messages().create(question);
			List<ToolUseBlock> calls = called.validate()
				.content()
				.stream()
				.flatMap((block) -> block.toolUse().stream())
				.toList();
			assertThat(calls).extracting(ToolUseBlock::name).containsExactly("weather", "time");
			assertThat(calls.get(0)._input()).hasToString("{city=Oslo}");
			assertThat(called.stopReason()).contains(StopReason.TOOL_USE);
			MessageCreateParams results = question.toBuilder()
				.addMessage(called)
				.addUserMessageOfContentBlockParams(calls.stream().map(MessagesSdkTests::result).toList())
				.build();
			Message answer = streams ? stream(results) : gateway.client().messages().create(results);
			assertThat(answer.content().get(0).asText().text()).isEqualTo("Take an umbrella.");
		}
		List<RecordedRequest> requests = first.requests();
		if (!kind.equals("openai")) {
			// OpenAI itself refuses the thoughts that this simulator shows.
			assertThat(requests).extracting(RecordedRequest::refusal).containsOnlyNulls();
			assertThat(requests).hasSize(4);
		}
		assertThat(requests.get(1).body().toString()).contains("Oslo");
		assertThat(second.requests()).isEmpty();
	}

	@ParameterizedTest
	@FieldSource("KINDS")
	void showsThoughtsIfTheClientWantsThem(String kind) {
		first.always(Outcome.answer(Answer.text("42").withReasoning("six times seven")));
		MessageCreateParams question = question(kind).maxTokens(9000).enabledThinking(2000).build();
		for (Message message : List.of(gateway.client().messages().create(question), stream(question))) {
			assertThat(message.validate().content().get(0).asThinking().thinking()).isEqualTo("six times seven");
			assertThat(message.content().get(1).asText().text()).isEqualTo("42");
		}
		String asked = first.requests().get(0).body().toString();
		switch (kind) {
			case "anthropic" ->
				assertThat(asked).contains("\"thinking\":{\"budget_tokens\":2000,\"type\":\"enabled\"}");
			case "gemini" -> assertThat(asked).contains("\"thinkingBudget\":2000");
			case "responses" -> assertThat(asked).contains("\"reasoning\":{\"effort\":\"low\"");
			default -> assertThat(asked).contains("\"reasoning_effort\":\"low\"");
		}
	}

	@Test
	void countsTokens() {
		long tokens = gateway.client()
			.messages()
			.countTokens(MessageCountTokensParams.builder()
				.model("openai-openai")
				.system("Be brief.")
				.addUserMessage("How is the weather?")
				.build())
			.inputTokens();
		assertThat(tokens).isBetween(5L, 30L);
		assertThat(first.requests()).isEmpty();
	}

	@Test
	void listsModels() {
		assertThat(gateway.client().models().list().autoPager().stream().map((model) -> model.validate().id()))
			.startsWith("auto", "anthropic-openai")
			.contains("first-anthropic", "first-model");
		ModelInfo model = gateway.client().models().retrieve("first-openai").validate();
		assertThat(model.displayName()).isEqualTo("first-openai");
	}

	private static MessageCreateParams.Builder question(String kind) {
		return MessageCreateParams.builder().model(kind + "-openai").maxTokens(500).addUserMessage("Hi");
	}

	private static Tool tool(String name) {
		return Tool.builder()
			.name(name)
			.inputSchema(Tool.InputSchema.builder().properties(Tool.InputSchema.Properties.builder().build()).build())
			.build();
	}

	private static ContentBlockParam result(ToolUseBlock call) {
		return ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
			.toolUseId(call.id())
			.content(call.name().equals("weather") ? "Rain" : "12:00")
			.build());
	}

	private static Message stream(MessageCreateParams question) {
		MessageAccumulator accumulator = MessageAccumulator.create();
		try (StreamResponse<RawMessageStreamEvent> events = gateway.client().messages().createStreaming(question)) {
			events.stream().forEach((event) -> accumulator.accumulate(event.validate()));
		}
		return accumulator.message();
	}

}
