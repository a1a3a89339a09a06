// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses that two applications keep in one Redis.
 */
class SharedResponsesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String PATH = "/v1/responses";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

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
		return MessagesGateway.start(first, second, "--fallback.ai.state-store.type=memory",
				"--fallback.ai.gateway.responses.store=redis", "--fallback.ai.gateway.responses.store-timeout=3s",
				"--fallback.ai.gateway.responses.max-stored=3", "--spring.data.redis.host=127.0.0.1",
				"--spring.data.redis.port=" + redis.port(), "--spring.application.name=shared-responses",
				"--fallback.ai.gateway.clients.other.api-key=other");
	}

	@Test
	void goOnAtTheOtherInstance() {
		Answer call = Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Oslo\"}"));
		first.always(Outcome.answer(call.withText("Let me see.").withReasoning("Hm, so")));
		JsonNode response = ask("""
				{"model":"anthropic-openai","input":"Weather?","tools":[{"type":"function","name":"weather"}]}""");
		StringBuilder callId = new StringBuilder();
		for (JsonNode item : response.path("output")) {
			callId.append(item.path("call_id").asText(""));
		}
		first.always(Outcome.answer("Snow."));
		HttpResponse<String> answer = other.post(PATH, """
				{"model":"anthropic-openai","previous_response_id":"%s",
				"input":[{"type":"function_call_output","call_id":"%s","output":"-3"}],
				"tools":[{"type":"function","name":"weather"}]}""".formatted(stored(response), callId));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(MessagesGateway.json(answer).toString()).contains("Snow.");
		String sent = first.requests().get(first.requestCount() - 1).body().toString();
		assertThat(sent).contains("Weather?", "Let me see.", "Hm, so", "signature", "-3");
	}

	@Test
	void listTheItemsBeforeThem() {
		first.answers((request) -> "Fine.");
		String firstId = stored(ask("{\"model\":\"openai-openai\",\"input\":\"Hi\"}"));
		String id = stored(ask("""
				{"model":"openai-openai","previous_response_id":"%s",
				"input":[{"role":"user","content":[{"type":"input_text","text":"And?"}]}]}""".formatted(firstId)));
		JsonNode list = MessagesGateway.json(get(other, id + "/input_items?order=asc", MessagesGateway.KEY));
		assertThat(list.path("data").findValuesAsText("text")).containsExactly("Hi", "Fine.", "And?");
		assertThat(list.path("data").findValuesAsText("role")).containsExactly("user", "assistant", "user");
		assertThat(list.path("has_more").booleanValue()).isFalse();
		assertThat(list.path("first_id").textValue()).isEqualTo(list.path("data").path(0).path("id").textValue());
		JsonNode latest = MessagesGateway.json(get(one, id + "/input_items?limit=1", MessagesGateway.KEY));
		assertThat(latest.path("data").findValuesAsText("text")).containsExactly("And?");
		assertThat(latest.path("has_more").booleanValue()).isTrue();
		JsonNode next = MessagesGateway.json(
				get(one, id + "/input_items?limit=1&after=" + latest.path("last_id").textValue(), MessagesGateway.KEY));
		assertThat(next.path("data").findValuesAsText("text")).containsExactly("Fine.");
		assertThat(get(one, id + "/input_items?limit=x", MessagesGateway.KEY).statusCode()).isEqualTo(400);
		assertThat(get(one, id + "/input_items", "other").statusCode()).isEqualTo(404);
	}

	/** What the client itself said, or a tool, has an id as well. */
	@Test
	void lendTheItemsBeforeThem() {
		first.answers((request) -> "Fine.");
		String id = stored(ask("{\"model\":\"openai-openai\",\"input\":\"Is it far?\"}"));
		JsonNode list = MessagesGateway.json(get(other, id + "/input_items", MessagesGateway.KEY));
		int before = first.requestCount();
		stored(ask("{\"model\":\"openai-openai\",\"input\":[{\"type\":\"item_reference\",\"id\":"
				+ list.path("data").path(0).path("id") + "},{\"role\":\"user\",\"content\":\"Well?\"}]}"));
		assertThat(first.requests().get(before).body().path("messages").findValuesAsText("content"))
			.containsExactly("Is it far?", "Well?");
	}

	@Test
	void belongToOneClientUntilTheyAreRemovedOrTooMany() {
		first.answers((request) -> "Fine.");
		String id = stored(ask("{\"model\":\"openai-openai\",\"input\":\"Hi\"}"));
		assertThat(get(other, id, "other").statusCode()).isEqualTo(404);
		HttpResponse<String> removed = other.send("DELETE", PATH + '/' + id, HttpRequest.BodyPublishers.noBody());
		assertThat(MessagesGateway.json(removed).path("deleted").booleanValue()).isTrue();
		assertThat(get(one, id, MessagesGateway.KEY).statusCode()).isEqualTo(404);

		String oldest = stored(ask("{\"model\":\"openai-openai\",\"input\":\"Hi\"}"));
		for (int more = 0; more < 3; more++) {
			stored(ask("{\"model\":\"openai-openai\",\"input\":\"Hi\"}"));
		}
		assertThat(get(one, oldest, MessagesGateway.KEY).statusCode()).isEqualTo(404);
		assertThat(redis.template().keys("*")).allMatch((key) -> key.contains("{responses.web}"));
		assertThat(redis.template().getExpire(redis.template().keys("*").iterator().next())).isBetween(3000L, 3600L);
	}

	@Test
	void areUnavailableWhileRedisIsPausedAndCostOthersNothing() {
		first.answers((request) -> "Fine.");
		String id = stored(ask("{\"model\":\"openai-openai\",\"input\":\"Hi\"}"));
		redis.suspend();
		try {
			HttpResponse<String> goesOn = one.post(PATH,
					"{\"model\":\"openai-openai\",\"input\":\"And?\",\"previous_response_id\":\"" + id + "\"}");
			assertThat(goesOn.statusCode()).isEqualTo(503);
			assertThat(goesOn.body()).contains("response_store_unavailable");
			assertThat(goesOn.headers().firstValue("retry-after")).isPresent();
			assertThat(get(one, id, MessagesGateway.KEY).statusCode()).isEqualTo(503);
			ask("{\"model\":\"openai-openai\",\"input\":\"Hi\"}");
		}
		finally {
			redis.resume();
		}
		Awaitility.await().atMost(PATIENCE).until(() -> get(one, id, MessagesGateway.KEY).statusCode() == 200);
	}

	private static JsonNode ask(String request) {
		HttpResponse<String> response = one.post(PATH, request);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return MessagesGateway.json(response);
	}

	/** A client does not wait until its response is stored. */
	private static String stored(JsonNode response) {
		String id = response.path("id").textValue();
		Awaitility.await().atMost(PATIENCE).until(() -> get(other, id, MessagesGateway.KEY).statusCode() == 200);
		return id;
	}

	private static HttpResponse<String> get(MessagesGateway gateway, String path, String key) {
		return gateway.send("GET", PATH + '/' + path, HttpRequest.BodyPublishers.noBody(), "x-api-key", key);
	}

}
