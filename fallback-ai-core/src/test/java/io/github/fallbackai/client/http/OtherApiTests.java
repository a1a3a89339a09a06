// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.Parameters;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ProviderRules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An endpoint whose model needs OpenAI's other API is asked by it, at once and from then
 * on.
 */
class OtherApiTests {

	private static final ToolDefinition LOOK = new ToolDefinition("look", "Looks", "{\"type\":\"object\"}");

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final NettyWire wire = NettyWire.builder().build();

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isLearntFromARefusal(boolean streaming) {
		simulator.rules(ProviderRules.STRICT);
		HttpEndpointClient client = client("openai");
		Endpoint endpoint = endpoint("openai", "gpt-5.4").build();

		List<EndpointEvent> first = ask(client, endpoint, streaming);
		List<EndpointEvent> second = ask(client, endpoint, streaming);

		assertThat(first).contains(new EndpointEvent.Corrected("by its other API"));
		assertThat(second).noneMatch(EndpointEvent.Corrected.class::isInstance)
			.anyMatch(EndpointEvent.Finished.class::isInstance);
		assertThat(paths()).containsExactly("/v1/chat/completions", "/v1/responses", "/v1/responses");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | reasoning_effort | To use function tools, use /v1/responses or set reasoning_effort to 'none'.
			404 | model | This model is only supported in v1/responses and not in v1/chat/completions.
			404 | model | This is not a chat model and thus not supported in the v1/chat/completions endpoint.
			400 |  | model x is not accessible via the /chat/completions endpoint
			400 |  | The chatCompletion operation does not work with the specified model, gpt-5-codex.
			""")
	void isLearntInTheWordsOfEveryProvider(int status, String param, String words) {
		ProviderError error = ProviderError.of(status).withMessage(words).withType("invalid_request_error");
		simulator.next(Outcome.error((param != null) ? error.withParam(param) : error));

		ask(client("openai"), endpoint("openai", "gpt").build(), true);

		assertThat(paths()).containsExactly("/v1/chat/completions", "/v1/responses");
	}

	@Test
	void azureHasItInItsOwnPlace() {
		simulator.next(Outcome.error(ProviderError.of(404)
			.withMessage("This model is only supported in v1/responses and not in v1/chat/completions.")));
		Endpoint endpoint = endpoint("azure-openai", "gpt").option("deployment", "prod").build();

		ask(client("azure-openai"), endpoint, true);

		assertThat(paths()).containsExactly("/v1/openai/deployments/prod/chat/completions", "/v1/openai/v1/responses");
		assertThat(simulator.requests().get(1).body().path("model").asText()).isEqualTo("prod");
	}

	@Test
	void anEndpointMayHaveOneApiOnly() {
		simulator.rules(ProviderRules.STRICT);
		HttpEndpointClient client = client("openai");

		EndpointException refused = catchThrowableOfType(EndpointException.class,
				() -> ask(client, endpoint("openai", "gpt-5.4").option("api", "chat").build(), true));
		assertThat(refused.failure().kind()).isEqualTo(FailureKind.UNSUPPORTED);
		assertThat(paths()).containsOnly("/v1/chat/completions");
		simulator.clear();
		ask(client, endpoint("openai", "gpt-4o").option("api", "responses").build(), true);
		assertThat(paths()).containsExactly("/v1/responses");
	}

	@Test
	void theParametersOfAnEndpointMoveToo() {
		simulator.rules(ProviderRules.STRICT);
		Endpoint endpoint = endpoint("openai", "gpt").option("api", "responses")
			.parameters(new Parameters(Map.of("reasoning_effort", "low", "seed", 1),
					Map.of("max_completion_tokens", 50), Set.of("verbosity")))
			.build();

		ask(client("openai"), endpoint, true);

		RecordedRequest request = simulator.requests().get(0);
		assertThat(request.body().at("/reasoning/effort").asText()).isEqualTo("low");
		assertThat(request.body().path("max_output_tokens").asInt()).isEqualTo(50);
		assertThat(request.refusal()).isNull();
	}

	@Test
	void aParameterThatIsRefusedIsLeftOut() {
		simulator.next(
				Outcome.error(ProviderError.of(400)
					.withMessage("Unsupported parameter: 'reasoning.effort' is not supported with this model.")
					.withParam("reasoning.effort")
					.withCode("unsupported_parameter")),
				Outcome.error(ProviderError.of(400)
					.withMessage("Encrypted content is not supported with this model.")
					.withParam("include")));
		Endpoint endpoint = endpoint("openai", "gpt").option("api", "responses")
			.parameters(new Parameters(Map.of("reasoning_effort", "low"), Map.of(), Set.of()))
			.build();

		ask(client("openai"), endpoint, true);

		assertThat(simulator.requests().get(1).body().at("/reasoning/effort").isMissingNode()).isTrue();
		assertThat(simulator.requests().get(2).body().has("include")).isFalse();
		assertThat(simulator.requests().get(2).body().path("store").asBoolean(true)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"The encrypted content gAAA... could not be verified. Reason: Encrypted content could not be decrypted.",
			"Item 'rs_1' of type 'reasoning' was provided without its required following item.",
			"Item 'fc_1' of type 'function_call' was provided without its required 'reasoning' item: 'rs_1'.",
			"Item with id 'rs_1' not found. Items are not persisted when `store` is set to false." })
	void thoughtsThatAreRefusedAreLeftOut(String words) {
		simulator.next(Outcome.error(ProviderError.of(400).withMessage(words).withParam("input")));

		List<EndpointEvent> events = ask("{\"summary\":[]}");

		assertThat(events).contains(new EndpointEvent.Corrected("without thoughts"));
		assertThat(simulator.requests().get(0).body().toString()).contains("gAAA");
		assertThat(simulator.requests().get(1).body().toString()).doesNotContain("gAAA").contains("\"Ho\"");
	}

	@Test
	void aMemberOfAnItemThatIsRefusedIsLeftOut() {
		simulator.next(Outcome.error(ProviderError.of(400)
			.withMessage("Unknown parameter: 'input[1].phase'.")
			.withParam("input[1].phase")
			.withCode("unknown_parameter")));

		assertThat(ask("{\"summary\":[],\"phase\":\"x\"}"))
			.contains(new EndpointEvent.Corrected("without phase in earlier messages"));
		assertThat(simulator.requests().get(1).body().toString()).doesNotContain("phase").contains("gAAA");
	}

	private List<EndpointEvent> ask(String state) {
		AssistantMessage said = new AssistantMessage(
				List.of(new ReasoningPart("", null, "gAAA", new ProviderState("gpt", "openai-responses", state)),
						new TextPart("Ho")),
				null);
		ChatRequest request = ChatRequest.builder().user("Hi").message(said).user("Go on").build();
		Endpoint endpoint = endpoint("openai", "gpt").option("api", "responses").build();
		return client("openai").exchange(new EndpointRequest(endpoint, request, true))
			.collectList()
			.block(Duration.ofMinutes(2));
	}

	private static List<String> paths() {
		return simulator.requests().stream().map(RecordedRequest::path).toList();
	}

	private HttpEndpointClient client(String provider) {
		return StandardDialects.all()
			.stream()
			.filter((dialect) -> dialect.provider().equals(provider))
			.findFirst()
			.map((dialect) -> HttpEndpointClient.of(dialect, this.wire))
			.orElseThrow();
	}

	private static EndpointBuilder endpoint(String provider, String model) {
		return Endpoint.named("primary").provider(provider).url(URI.create(simulator.url())).model(model);
	}

	private static List<EndpointEvent> ask(HttpEndpointClient client, Endpoint endpoint, boolean streaming) {
		ChatRequest request = ChatRequest.builder().user("Hi").tool(LOOK).build();
		return client.exchange(new EndpointRequest(endpoint, request, streaming))
			.collectList()
			.block(Duration.ofMinutes(2));
	}

}
