// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Who may use the gateway, and for what.
 */
class ClientsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@RegisterExtension
	static final ProviderSimulatorExtension large = ProviderSimulatorExtension.forEndpoint("large");

	@RegisterExtension
	static final ProviderSimulatorExtension small = ProviderSimulatorExtension.forEndpoint("small");

	private final GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, GatewaySettings.DEFAULTS,
			ClientDirectory.builder()
				.client(client("all", Set.of(), 0), ApiKey.of(GatewayServer.KEY))
				.client(client("thrifty", Set.of("cheap"), 0), ApiKey.of("key-of-thrifty"))
				.client(client("single", Set.of(), 1), ApiKey.of("key-of-single"))
				.client(new GatewayClient("poor", Set.of(), 0, new BigDecimal("0.000001")), ApiKey.of("key-of-poor"))
				.client(new GatewayClient("brief", Set.of(), 0, BigDecimal.ZERO, 0, 3), ApiKey.of("key-of-brief"))
				.build(),
			new Chain("smart", List.of(endpoint("large"), endpoint("small"))),
			new Chain("cheap", List.of(endpoint("small"))));

	@AfterEach
	void close() {
		this.gateway.close();
	}

	@ParameterizedTest
	@CsvSource({ "auto, large", "smart, large", "cheap, small", "large, large", "small, small", "group-small, small",
			"model-small, small" })
	void sendsAModelWhereItsNameSays(String model, String endpoint) {
		assertThat(RawResponse.ask(this.gateway, model, "Hi").header("x-fallback-ai-endpoint")).isEqualTo(endpoint);
	}

	@Test
	void goesOnElsewhereFromTheModelThatWasNamed() {
		small.always(Outcome.status(503));
		assertThat(RawResponse.ask(this.gateway, "model-small", "Hi").header("x-fallback-ai-endpoint"))
			.isEqualTo("large");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/models/maker/model-large", "/models/maker%2Fmodel-large" })
	void findsAModelWhoseNameHasSlashes(String path) throws Exception {
		Endpoint one = endpoint("large").toBuilder().model("maker/model-large").build();
		try (GatewayServer gateway = GatewayServer.before(one)) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
				.header("Authorization", "Bearer " + GatewayServer.KEY)
				.build();
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("\"id\":\"maker/model-large\"");
		}
	}

	@Test
	void keepsAClientToItsChains() {
		OpenAIClient thrifty = this.gateway.client("key-of-thrifty");
		assertThat(thrifty.models().list().data()).extracting(Model::id)
			.containsExactly("auto", "cheap", "small", "group-small", "model-small");
		assertThat(ask(thrifty, "auto").model()).isEqualTo("model-small");
		for (String forbidden : new String[] { "smart", "large", "model-large" }) {
			assertThatThrownBy(() -> ask(thrifty, forbidden)).isInstanceOf(NotFoundException.class);
			assertThatThrownBy(() -> thrifty.models().retrieve(forbidden)).isInstanceOf(NotFoundException.class);
		}
		assertThat(large.requestCount()).isZero();
	}

	/** However often it makes them, and whatever the provider says. */
	@ParameterizedTest
	@ValueSource(ints = { 400, 413, 418, 422 })
	void aClientsMistakesTakeNoEndpointFromOthers(int status) {
		large.script((request) -> request.body().toString().contains("mistake") ? Outcome.status(status)
				: Outcome.healthy());
		small.script((request) -> request.body().toString().contains("mistake") ? Outcome.status(status)
				: Outcome.healthy());
		OpenAIClient clumsy = this.gateway.client("key-of-single");
		for (int call = 0; call < 30; call++) {
			String mistake = "mistake " + call;
			assertThatThrownBy(() -> ask(clumsy, "smart", mistake)).isInstanceOf(OpenAIServiceException.class);
		}
		assertThat(RawResponse.ask(this.gateway, "smart", "Hi").header("x-fallback-ai-endpoint")).isEqualTo("large");
	}

	@Test
	void boundsTheCallsOfAClientUnaryAndStreamed() {
		large.always(Outcome.healthy().hangAfterTokens(1));
		OpenAIClient single = this.gateway.client("key-of-single");
		try (StreamResponse<ChatCompletionChunk> chunks = single.chat()
			.completions()
			.createStreaming(question("auto"))) {
			assertThat(chunks.stream().findFirst()).isPresent();
			assertThatThrownBy(() -> ask(single, "cheap")).isInstanceOfSatisfying(RateLimitException.class, (error) -> {
				assertThat(error.code()).contains("concurrent_calls_exceeded");
				assertThat(error.headers().values("Retry-After")).containsExactly("1");
			});
			assertThatThrownBy(() -> single.chat().completions().createStreaming(question("cheap")).stream().toList())
				.isInstanceOf(RateLimitException.class);
			assertThat(ask(this.gateway.client("key-of-thrifty"), "cheap")).isNotNull();
		}
		// The place is free again once the client has left.
		Awaitility.await().atMost(PATIENCE).ignoreException(RateLimitException.class).until(() -> {
			ask(single, "cheap");
			return true;
		});
	}

	@Test
	void letsAClientSpendNoMoreInADay() {
		OpenAIClient poor = this.gateway.client("key-of-poor");
		assertThat(ask(poor, "large")).isNotNull();
		// The other endpoint costs nothing, but the client has had enough for today.
		assertThatThrownBy(() -> ask(poor, "small")).isInstanceOfSatisfying(RateLimitException.class, (error) -> {
			assertThat(error.code()).contains("insufficient_quota");
			assertThat(Integer.parseInt(error.headers().values("Retry-After").get(0))).isBetween(1, 86_400);
		});
		assertThat(ask(this.gateway.client(), "large")).isNotNull();
	}

	@Test
	void chargesForWhatAClientDidNotWaitFor() {
		large.always(Outcome.healthy().hangAfterTokens(5));
		OpenAIClient poor = this.gateway.client("key-of-poor");
		try (StreamResponse<ChatCompletionChunk> chunks = poor.chat()
			.completions()
			.createStreaming(question("large"))) {
			assertThat(chunks.stream().findFirst()).isPresent();
		}
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThatThrownBy(() -> ask(poor, "small")).isInstanceOfSatisfying(
					RateLimitException.class, (error) -> assertThat(error.code()).contains("insufficient_quota")));
	}

	/** A client does not pay for an outage of providers with its limit. */
	@Test
	void countsNoTokensOfAttemptsWithoutAnAnswer() {
		small.always(Outcome.status(500));
		OpenAIClient brief = this.gateway.client("key-of-brief");
		for (int i = 0; i < 4; i++) {
			assertThatThrownBy(() -> ask(brief, "cheap")).isNotInstanceOf(RateLimitException.class);
		}
	}

	/** Clients that leave get no report of tokens, and some servers send none. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void countsTokensThatAreNotReported(boolean leaves) {
		large.always(leaves ? Outcome.healthy().hangAfterTokens(5) : Outcome.raw(200, "text/event-stream", """
				data: {"choices":[{"index":0,"delta":{"content":"An answer of more than three tokens."}}]}

				data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

				data: [DONE]

				"""));
		// What answers nothing spends nothing, however often it is asked.
		small.always(Outcome.status(401));
		OpenAIClient brief = this.gateway.client("key-of-brief");
		try (StreamResponse<ChatCompletionChunk> chunks = brief.chat()
			.completions()
			.createStreaming(question("large"))) {
			assertThat(chunks.stream().limit(leaves ? 1 : 100)).isNotEmpty();
		}
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(
					() -> assertThatThrownBy(() -> ask(brief, "cheap")).isInstanceOfSatisfying(RateLimitException.class,
							(error) -> assertThat(error.code()).contains("tokens_per_minute_exceeded")));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "Bearer", "Bearer ", "Bearer wrong", "Basic " + GatewayServer.KEY, GatewayServer.KEY,
			"Bearer " + GatewayServer.KEY + "x" })
	void letsNobodyInWithoutAKnownKey(String authorization) {
		ClientDirectory directory = ClientDirectory.builder()
			.client(client("all", Set.of(), 0), ApiKey.of(GatewayServer.KEY))
			.build();
		assertThatThrownBy(() -> directory.find(authorization)).isInstanceOf(RejectedRequestException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer " + GatewayServer.KEY, "bearer  " + GatewayServer.KEY + " " })
	void knowsAClientByItsKey(String authorization) {
		ClientDirectory directory = ClientDirectory.builder()
			.anonymous()
			.client(client("other", Set.of(), 0), ApiKey.of("other-key"))
			.client(client("all", Set.of(), 0), ApiKey.of(GatewayServer.KEY))
			.build();
		assertThat(directory.find(authorization).client().name()).isEqualTo("all");
		assertThat(directory.find("Bearer sdk-needs-some-key").client()).isEqualTo(GatewayClient.ANONYMOUS);
		assertThat(directory.find(null).client()).isEqualTo(GatewayClient.ANONYMOUS);
	}

	@Test
	void readsNothingOfAStrangersRequest() {
		OpenAIClient stranger = this.gateway.client("stranger");
		assertThatThrownBy(() -> ask(stranger, "x".repeat(1_000_000))).isInstanceOf(UnauthorizedException.class);
	}

	private static ChatCompletion ask(OpenAIClient client, String model) {
		return client.chat().completions().create(question(model));
	}

	private static ChatCompletion ask(OpenAIClient client, String model, String question) {
		return client.chat()
			.completions()
			.create(ChatCompletionCreateParams.builder().model(model).addUserMessage(question).build());
	}

	private static ChatCompletionCreateParams question(String model) {
		return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi").build();
	}

	private static GatewayClient client(String name, Set<String> chains, int maxConcurrentCalls) {
		return new GatewayClient(name, chains, maxConcurrentCalls, BigDecimal.ZERO);
	}

	private static Endpoint endpoint(String name) {
		ProviderSimulatorExtension simulator = name.equals("large") ? large : small;
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.modelGroup("group-" + name)
			.price(name.equals("large") ? Price.of("1000", "1000") : null)
			.limits(Patience.LIMITS)
			.build();
	}

}
