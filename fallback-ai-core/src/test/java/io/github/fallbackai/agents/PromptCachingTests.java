// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.agents;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.ChoiceReason;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.Selection;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderRules;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An agent whose providers have a prompt cache: it finds there what it asked before, pays
 * less for it, and stays where it is.
 */
class PromptCachingTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int TURNS = 4;

	private static final Price PRICE = Price.of("1000000", "0")
		.withCachedInput(new BigDecimal("100000"))
		.withCacheWrite(new BigDecimal("1250000"));

	private final List<ProviderSimulator> simulators = new ArrayList<>();

	@AfterEach
	void close() {
		this.simulators.forEach(ProviderSimulator::close);
	}

	@ParameterizedTest
	@CsvSource({ "openai, chat, /v1", "openai, responses, /v1", "azure-openai, chat, /", "gemini, auto, /v1" })
	void everythingThatWasAskedBeforeComesFromTheCache(String provider, String api, String path) {
		ProviderSimulator simulator = simulator();
		EndpointBuilder endpoint = endpoint("a", provider, simulator, path);
		if (!api.equals("auto")) {
			endpoint.option("api", api);
		}
		try (AiFallbackTemplate ai = template(endpoint)) {
			List<ChatResponse> answers = loop(ai, agent().promptCacheKey("k".repeat(100)).build());

			long before = 0;
			for (ChatResponse answer : answers) {
				Usage usage = usage(answer);
				assertThat(Objects.requireNonNullElse(usage.cachedInputTokens(), 0L)).isEqualTo(before);
				before = usage.inputTokens();
				assertCost(answer);
			}
		}
		if (!provider.equals("gemini")) {
			Set<String> keys = new HashSet<>();
			simulator.requests().forEach((request) -> keys.add(request.body().path("prompt_cache_key").asText()));
			assertThat(keys).singleElement().asString().hasSizeBetween(1, 64);
		}
	}

	@Test
	void instructionsAndToolsComeFromAnthropicsCache() {
		ProviderSimulator simulator = simulator();
		try (AiFallbackTemplate ai = template(endpoint("a", "anthropic", simulator, "/v1"))) {
			List<ChatResponse> answers = loop(ai, agent().build());

			Long written = usage(answers.get(0)).cacheWriteTokens();
			assertThat(written).isPositive();
			assertThat(usage(answers.get(0)).cachedInputTokens()).isZero();
			assertThat(answers.subList(1, TURNS)).allSatisfy((answer) -> {
				assertThat(usage(answer).cachedInputTokens()).isEqualTo(written);
				assertThat(usage(answer).cacheWriteTokens()).isZero();
			});
			answers.forEach(PromptCachingTests::assertCost);
		}
	}

	@Test
	void whatACallerMarksComesFromAnthropicsCache() {
		ProviderSimulator simulator = simulator();
		try (AiFallbackTemplate ai = template(endpoint("a", "anthropic", simulator, "/v1"))) {
			ChatRequest request = agent()
				.message(new UserMessage(List.of(new TextPart("Go on.").withCacheControl(CacheControl.EPHEMERAL))))
				.build();
			long before = 0;
			for (int turn = 0; turn < 2 * TURNS; turn++) {
				ChatResponse answer = ask(ai, request);
				assertThat(usage(answer).cachedInputTokens()).isEqualTo(before);
				assertThat(usage(answer).cacheWriteTokens()).isEqualTo(usage(answer).inputTokens() - before);
				assertCost(answer);
				before = usage(answer).inputTokens();
				request = request.continueWith(answer,
						List.of(result(answer).withCacheControl(CacheControl.EPHEMERAL)));
			}
		}
		assertThat(simulator.requests()).allMatch((request) -> request.refusal() == null)
			.allMatch((request) -> request.body().findValues("cache_control").size() <= 4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROUND_ROBIN", "WEIGHT", "LATENCY" })
	void aConversationStaysWhereItsCacheIs(Selection selection) {
		List<EndpointBuilder> endpoints = new ArrayList<>();
		for (String name : List.of("a", "b", "c")) {
			endpoints.add(endpoint(name, "openai", simulator(), "/v1"));
		}
		AiFallbackTemplate template = AiFallbackTemplate.builder()
			.settings(CallSettings.builder().selection(selection).build())
			.endpoint(endpoints.get(0).build())
			.endpoint(endpoints.get(1).build())
			.endpoint(endpoints.get(2).build())
			.build();
		try (AiFallbackTemplate ai = template) {
			for (String conversation : List.of("one", "two", "three", "four")) {
				List<ChatResponse> answers = loop(ai, agent().user(conversation).promptCacheKey(conversation).build());

				assertThat(answers).extracting(ChatResponse::endpoint).containsOnly(answers.get(0).endpoint());
				assertThat(answers).extracting((answer) -> attempt(answer).choice())
					.containsOnly(ChoiceReason.CONVERSATION);
				assertThat(usage(answers.get(TURNS - 1)).cachedInputTokens())
					.isEqualTo(usage(answers.get(TURNS - 2)).inputTokens());
			}
			assertThat(attempt(ask(ai, agent().build())).choice()).isEqualTo(ChoiceReason.STRATEGY);
			assertThat(ai.status().chains().get(0).choice()).isEqualTo(ChoiceReason.STRATEGY);
		}
	}

	@Test
	void saysWhyAnEndpointWasAsked() {
		ProviderSimulator broken = simulator();
		broken.always(Outcome.status(500));
		try (AiFallbackTemplate ai = template(endpoint("a", "openai", broken, "/v1"),
				endpoint("b", "openai", simulator(), "/v1"))) {
			ChatRequest request = agent().conversation("mine").build();

			assertThat(ask(ai, request).attempts()).extracting(Attempt::choice)
				.containsExactly(ChoiceReason.ORDER, ChoiceReason.FALLBACK);
			assertThat(ask(ai, request.toBuilder().target("b").build()).attempts()).extracting(Attempt::choice)
				.containsExactly(ChoiceReason.TARGET);
			assertThat(ai.status().chains().get(0).choice()).isEqualTo(ChoiceReason.ORDER);
		}
	}

	private ProviderSimulator simulator() {
		ProviderSimulator simulator = ProviderSimulator.create();
		simulator.rules(ProviderRules.STRICT);
		simulator.promptCache(true);
		simulator.script((request) -> Outcome.answer(Answer.standard()
			.withToolCalls(new ToolCall("call_" + request.index(), "look", "{\"at\":" + request.index() + "}"))));
		this.simulators.add(simulator);
		return simulator;
	}

	private static EndpointBuilder endpoint(String name, String provider, ProviderSimulator simulator, String path) {
		return Endpoint.named(name)
			.provider(provider)
			.url(URI.create("http://127.0.0.1:" + simulator.port() + path))
			.model("model")
			.price(PRICE);
	}

	private static AiFallbackTemplate template(EndpointBuilder... endpoints) {
		AiFallbackTemplateBuilder builder = AiFallbackTemplate.builder();
		for (EndpointBuilder endpoint : endpoints) {
			builder.endpoint(endpoint.build());
		}
		return builder.build();
	}

	private static ChatRequestBuilder agent() {
		return ChatRequest.builder()
			.system("You are an agent with many rules.")
			.user("Look around.")
			.tool(new ToolDefinition("note", "Notes something.", "{\"type\":\"object\",\"properties\":{}}"))
			.tool(new ToolDefinition("look", "Looks something up.", "{\"type\":\"object\",\"properties\":{}}"));
	}

	private static List<ChatResponse> loop(AiFallbackTemplate ai, ChatRequest first) {
		List<ChatResponse> answers = new ArrayList<>();
		ChatRequest request = first;
		for (int turn = 0; turn < TURNS; turn++) {
			ChatResponse answer = ask(ai, request);
			answers.add(answer);
			request = request.continueWith(answer, List.of(result(answer)));
		}
		return answers;
	}

	private static ToolResultMessage result(ChatResponse answer) {
		return new ToolResultMessage(answer.toolCalls().get(0).id(), "{\"seen\":\"a tree\"}");
	}

	private static ChatResponse ask(AiFallbackTemplate ai, ChatRequest request) {
		return Objects.requireNonNull(ai.chat(request).block(PATIENCE));
	}

	private static Attempt attempt(ChatResponse answer) {
		return answer.attempts().get(answer.attempts().size() - 1);
	}

	private static Usage usage(ChatResponse answer) {
		return Objects.requireNonNull(answer.usage());
	}

	/** Tokens of the cache cost a tenth, those that are written a quarter more. */
	private static void assertCost(ChatResponse answer) {
		Usage usage = usage(answer);
		long cached = Objects.requireNonNullElse(usage.cachedInputTokens(), 0L);
		long written = Objects.requireNonNullElse(usage.cacheWriteTokens(), 0L);
		BigDecimal expected = BigDecimal.valueOf(usage.inputTokens() - cached - written)
			.add(BigDecimal.valueOf(cached, 1))
			.add(BigDecimal.valueOf(125 * written, 2));
		assertThat(Objects.requireNonNull(answer.cost()).amount()).isEqualByComparingTo(expected);
	}

}
