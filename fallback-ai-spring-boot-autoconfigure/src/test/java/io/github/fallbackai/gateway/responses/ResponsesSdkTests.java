// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;

import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputMessage;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.StructuredResponseCreateParams;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.FinishReason;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * OpenAI's SDK asks for responses of a gateway before every kind of provider.
 */
class ResponsesSdkTests {

	private static final ToolCall WEATHER = ToolCall.of("weather", "{\"city\":\"Oslo\"}");

	private static final ToolCall TIME = ToolCall.of("time", "{\"zone\":\"CET\"}");

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	@ParameterizedTest
	@ValueSource(strings = { "openai", ResponsesFixture.RESPONSES, "anthropic", "gemini" })
	void answersInOnePieceAndAsAStream(String kind) {
		provider.always(Outcome.answer(Answer.text("Guten Tag 👋").withReasoning("Be polite.").withModel("model-x")));
		try (GatewayServer gateway = before(kind)) {
			for (Response response : List.of(create(gateway, question()), stream(gateway, question()))) {
				assertThat(response.id()).startsWith("resp_");
				assertThat(response.status()).contains(ResponseStatus.COMPLETED);
				assertThat(text(response)).isEqualTo("Guten Tag 👋");
				assertThat(thought(response)).isEqualTo("Be polite.");
				assertThat(response.model().asString()).isEqualTo("model-x");
				assertThat(response.usage().orElseThrow().outputTokens()).isPositive();
				assertThat(response.usage().orElseThrow().inputTokens()).isPositive();
				assertThat(response.instructions().orElseThrow().asString()).isEqualTo("Speak German.");
				assertThat(response.metadata().orElseThrow()._allProperties()).containsEntry("k", JsonValue.from("v"));
			}
		}
		assertThat(provider.requests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.lastUserMessage()).isEqualTo("Hi");
			assertThat(request.body().toString()).contains("Speak German.");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", ResponsesFixture.RESPONSES, "anthropic", "gemini" })
	void callsToolsAndTakesTheirResults(String kind) {
		provider.always(Outcome.answer(Answer.toolCalls(WEATHER, TIME).withReasoning("I should look.")));
		ResponseCreateParams question = question().addTool(tool("weather")).addTool(tool("time")).build();
		try (GatewayServer gateway = before(kind)) {
			Response whole = gateway.client().responses().create(question).validate();
			for (Response response : List.of(whole, streamed(gateway, question))) {
				assertThat(calls(response))
					.extracting(ResponseFunctionToolCall::name, ResponseFunctionToolCall::arguments)
					.containsExactly(tuple("weather", WEATHER.arguments()), tuple("time", TIME.arguments()));
				provider.next(Outcome.answer("It is sunny."));
				assertThat(text(create(gateway, withResults(question, response)))).isEqualTo("It is sunny.");
				assertThat(last().body().toString()).contains("Sunny", "12:00", "Oslo");
				if (!kind.equals("openai")) {
					// Chat completions' simulator knows no signatures.
					assertThat(last().body().toString()).containsAnyOf("signature", "\"thought\":true",
							"encrypted_content");
				}
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", ResponsesFixture.RESPONSES, "anthropic", "gemini" })
	void answersInTheFormOfAClass(String kind) {
		provider.next(Outcome.answer("{\"name\":\"Oslo\",\"inhabitants\":717710}"));
		StructuredResponseCreateParams<City> question = question().text(City.class).build();
		try (GatewayServer gateway = before(kind)) {
			City city = gateway.client()
				.responses()
				.create(question)
				.output()
				.stream()
				.flatMap((item) -> item.message().stream())
				.flatMap((message) -> message.content().stream())
				.flatMap((content) -> content.outputText().stream())
				.findFirst()
				.orElseThrow();
			assertThat(city.name).isEqualTo("Oslo");
			assertThat(city.inhabitants).isEqualTo(717710);
		}
		assertThat(last().body().toString()).contains("inhabitants");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", ResponsesFixture.RESPONSES, "anthropic", "gemini" })
	void goesOnFromAStoredResponse(String kind) {
		provider.next(Outcome.answer(Answer.text("Oslo is in Norway.").withReasoning("Easy.")),
				Outcome.answer("About 700,000."));
		try (GatewayServer gateway = before(kind)) {
			Response first = create(gateway, question().input("Where is Oslo?"));
			ResponseCreateParams next = ResponseCreateParams.builder()
				.model("auto")
				.previousResponseId(first.id())
				.input("How many people live there?")
				.build();
			Response second = streamed(gateway, next);
			assertThat(text(second)).isEqualTo("About 700,000.");
			assertThat(second.previousResponseId()).contains(first.id());
			assertThat(last().body().toString()).contains("Where is Oslo?", "Oslo is in Norway.", "How many people")
				.doesNotContain("Speak German.");
			assertThat(gateway.client().responses().retrieve(second.id()).validate()).isEqualTo(second);
			gateway.client().responses().delete(second.id());
			assertThatExceptionOfType(NotFoundException.class)
				.isThrownBy(() -> gateway.client().responses().retrieve(second.id()));
			assertThatExceptionOfType(BadRequestException.class)
				.isThrownBy(() -> create(gateway, next.toBuilder().previousResponseId(second.id())))
				.satisfies((error) -> assertThat(error.code()).contains("previous_response_not_found"));
		}
	}

	@Test
	void saysWhyAnAnswerIsIncomplete() {
		provider.always(Outcome.answer(Answer.text("It was a dark and").withFinishReason(FinishReason.LENGTH)));
		try (GatewayServer gateway = before("openai")) {
			for (Response response : List.of(create(gateway, question()), stream(gateway, question()))) {
				assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
				assertThat(response.incompleteDetails().orElseThrow().reason())
					.contains(Response.IncompleteDetails.Reason.MAX_OUTPUT_TOKENS);
				assertThat(text(response)).isEqualTo("It was a dark and");
			}
		}
	}

	@Test
	void refuses() {
		provider.always(Outcome.answer(Answer.refusal("I cannot help with that.")));
		try (GatewayServer gateway = before("openai")) {
			for (Response response : List.of(create(gateway, question()), stream(gateway, question()))) {
				assertThat(messages(response).get(0).content().get(0).asRefusal().refusal())
					.isEqualTo("I cannot help with that.");
			}
		}
	}

	private static GatewayServer before(String kind) {
		return GatewayServer.before(ResponsesFixture.endpoint(provider, kind));
	}

	private static RecordedRequest last() {
		List<RecordedRequest> requests = provider.requests();
		return requests.get(requests.size() - 1);
	}

	private static ResponseCreateParams.Builder question() {
		return ResponseCreateParams.builder()
			.model("auto")
			.instructions("Speak German.")
			.metadata(ResponseCreateParams.Metadata.builder().putAdditionalProperty("k", JsonValue.from("v")).build())
			.input("Hi");
	}

	private static FunctionTool tool(String name) {
		return FunctionTool.builder()
			.name(name)
			.strict(false)
			.parameters(
					FunctionTool.Parameters.builder().putAdditionalProperty("type", JsonValue.from("object")).build())
			.build();
	}

	private static ResponseCreateParams.Builder withResults(ResponseCreateParams question, Response response) {
		List<ResponseInputItem> items = new ArrayList<>();
		items.add(ResponseInputItem
			.ofEasyInputMessage(EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content("Hi").build()));
		response.output().forEach((item) -> items.add(back(item)));
		List<ResponseFunctionToolCall> calls = calls(response);
		items.add(result(calls.get(0), "Sunny"));
		items.add(result(calls.get(1), "12:00"));
		return question.toBuilder().inputOfResponse(items);
	}

	private static ResponseInputItem back(ResponseOutputItem item) {
		return item.isReasoning() ? ResponseInputItem.ofReasoning(item.asReasoning())
				: ResponseInputItem.ofFunctionCall(item.asFunctionCall());
	}

	private static ResponseInputItem result(ResponseFunctionToolCall call, String result) {
		return ResponseInputItem.ofFunctionCallOutput(
				ResponseInputItem.FunctionCallOutput.builder().callId(call.callId()).output(result).build());
	}

	private static Response create(GatewayServer gateway, ResponseCreateParams.Builder question) {
		return gateway.client().responses().create(question.build()).validate();
	}

	private static Response stream(GatewayServer gateway, ResponseCreateParams.Builder question) {
		return streamed(gateway, question.build());
	}

	private static Response streamed(GatewayServer gateway, ResponseCreateParams question) {
		ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
		try (StreamResponse<ResponseStreamEvent> events = gateway.client().responses().createStreaming(question)) {
			events.stream().map(ResponseStreamEvent::validate).forEach(accumulator::accumulate);
		}
		assertThat(accumulator.reconstructedResponse().output()).isEqualTo(accumulator.response().output());
		return accumulator.response().validate();
	}

	private static List<ResponseOutputMessage> messages(Response response) {
		return response.output().stream().flatMap((item) -> item.message().stream()).toList();
	}

	private static String text(Response response) {
		return String.join("",
				messages(response).stream()
					.flatMap((message) -> message.content().stream())
					.map((content) -> content.asOutputText().text())
					.toList());
	}

	private static String thought(Response response) {
		return String.join("",
				response.output()
					.stream()
					.flatMap((item) -> item.reasoning().stream())
					.flatMap((item) -> item.summary().stream())
					.map((summary) -> summary.text())
					.toList());
	}

	private static List<ResponseFunctionToolCall> calls(Response response) {
		return response.output().stream().flatMap((item) -> item.functionCall().stream()).toList();
	}

	/**
	 * What the SDK makes a JSON schema of.
	 */
	static class City {

		public String name;

		public int inhabitants;

	}

}
