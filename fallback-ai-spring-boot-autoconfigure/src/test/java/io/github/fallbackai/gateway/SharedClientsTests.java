// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits of a client hold for two applications together that share a Redis.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedClientsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String QUESTION = "{\"model\":\"openai-openai\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]%s}";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static final HttpClient http = HttpClient.newHttpClient();

	private static RedisProcess redis;

	private static MessagesGateway one;

	private static MessagesGateway other;

	@BeforeAll
	static void start() {
		redis = new RedisProcess();
		one = instance();
		other = instance();
	}

	@AfterAll
	static void stop() {
		other.close();
		one.close();
		redis.close();
	}

	private static MessagesGateway instance() {
		return MessagesGateway.start(first, second, "--fallback.ai.state-store.type=redis",
				"--fallback.ai.state-store.sync-interval=1s", "--spring.data.redis.host=127.0.0.1",
				"--spring.data.redis.port=" + redis.port(), "--spring.application.name=shared-clients",
				"--fallback.ai.endpoints[0].price.input=1000", "--fallback.ai.endpoints[0].price.output=1000",
				client("spender", "max-cost-per-day=0.000001"), client("talker", "max-tokens-per-minute=1"),
				client("sender", "max-requests-per-minute=20"), client("caller", "max-concurrent-calls=1"),
				"--fallback.ai.gateway.clients.spender.api-key=spender",
				"--fallback.ai.gateway.clients.talker.api-key=talker",
				"--fallback.ai.gateway.clients.sender.api-key=sender",
				"--fallback.ai.gateway.clients.caller.api-key=caller");
	}

	private static String client(String name, String limit) {
		return "--fallback.ai.gateway.clients." + name + '.' + limit;
	}

	@Test
	@Order(1)
	void spendOneAmountADay() {
		first.answers((request) -> "Fine.");
		assertThat(ask(one, "spender").statusCode()).isEqualTo(200);
		awaitRefusal("spender", "insufficient_quota");
	}

	/** The wall clock decides when a minute begins. */
	@Test
	@Order(2)
	void sendOneNumberOfRequestsAMinute() {
		first.answers((request) -> "Fine.");
		// Another minute may begin meanwhile, and another second may pass before it
		// knows.
		Awaitility.await().atMost(PATIENCE.multipliedBy(3)).until(() -> {
			while (ask(one, "sender").statusCode() == 200) {
				assertThat(Thread.interrupted()).isFalse();
			}
			int accepted = 0;
			while (accepted < 10 && ask(other, "sender").statusCode() == 200) {
				accepted++;
			}
			return accepted < 10;
		});
		assertThat(ask(other, "sender").body()).contains("requests_per_minute_exceeded");
		assertThat(ask(other, "sender").headers().firstValue("retry-after")).isPresent();
	}

	@Test
	@Order(3)
	void useOneNumberOfTokensAMinute() {
		first.answers((request) -> "Fine.");
		Awaitility.await().atMost(PATIENCE).until(() -> {
			ask(one, "talker");
			HttpResponse<String> refused = ask(other, "talker");
			return refused.statusCode() == 429 && refused.body().contains("tokens_per_minute_exceeded");
		});
	}

	@Test
	@Order(4)
	void haveOneNumberOfCallsUnderWay() throws Exception {
		first.always(Outcome.answer(Answer.text("One two three four")).hangAfterTokens(2));
		try (InputStream open = stream("caller")) {
			assertThat(open.read()).isPositive();
			first.always(Outcome.answer("Fine."));
			awaitRefusal("caller", "concurrent_calls_exceeded");
		}
		// The place is free for the other one soon after the call has ended.
		Awaitility.await().atMost(PATIENCE).until(() -> ask(other, "caller").statusCode() == 200);
	}

	@Test
	@Order(5)
	void goOnAloneWithoutRedis() throws Exception {
		first.always(Outcome.answer(Answer.text("One two three four")).hangAfterTokens(2));
		try (InputStream open = stream("caller")) {
			assertThat(open.read()).isPositive();
			first.always(Outcome.answer("Fine."));
			awaitRefusal("caller", "concurrent_calls_exceeded");
			redis.suspend();
			Awaitility.await().atMost(PATIENCE).until(() -> ask(other, "caller").statusCode() == 200);
			assertThat(ask(one, "caller").statusCode()).isEqualTo(429);
		}
		finally {
			redis.resume();
		}
	}

	private static void awaitRefusal(String client, String code) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			HttpResponse<String> refused = ask(other, client);
			assertThat(refused.statusCode()).isEqualTo(429);
			assertThat(refused.body()).contains(code);
		});
	}

	private static HttpResponse<String> ask(MessagesGateway gateway, String client) {
		return gateway.post("/v1/chat/completions", QUESTION.formatted(""), "x-api-key", client);
	}

	/** A call of the first instance that stays under way until it is closed. */
	private static InputStream stream(String client) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(one.url() + "/v1/chat/completions"))
			.header("content-type", "application/json")
			.header("x-api-key", client)
			.POST(HttpRequest.BodyPublishers.ofString(QUESTION.formatted(",\"stream\":true")))
			.build();
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> http.send(request, HttpResponse.BodyHandlers.ofInputStream()),
					(response) -> response.statusCode() == 200)
			.body();
	}

}
