// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of requests that a client of Anthropic's API wrote.
 */
class OriginalMessagesTests {

	private static final String QUESTION = """
			{"role":"user","content":[{"type":"text","text":"Hi","unknown":[1]},{"type":"strange"}]}""";

	private static final String RESULT = """
			{"role":"user","content":[{"type":"tool_result","tool_use_id":"%s","is_error":true,
			"content":[{"type":"text","text":"rain"}]},{"type":"text","text":"So?"}]}""";

	@Test
	void sendsMessagesAsTheClientWroteThem() {
		ChatRequest request = question("toolu_1").extra("anthropic", "system", json("[{\"type\":\"text\"}]")).build();
		assertThat(body(request).path("messages")).isEqualTo(
				json("""
						[%s,{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}]},%s]"""
					.formatted(QUESTION, RESULT.formatted("toolu_1"))));
		assertThat(body(request).path("system")).isEqualTo(json("[{\"type\":\"text\"}]"));
		assertThat(body(request).has("original_messages")).isFalse();
	}

	@Test
	void writesMessagesThatWereAddedSince() {
		ChatRequest request = question("toolu_1").assistant("It").user("Go on").build();
		JsonNode messages = body(request).path("messages");
		assertThat(messages).hasSize(5);
		assertThat(messages.path(2)).isEqualTo(json(RESULT.formatted("toolu_1")));
		assertThat(messages.path(3).at("/content/0/text").asText()).isEqualTo("It");
		assertThat(messages.path(4).at("/content/0/text").asText()).isEqualTo("Go on");
	}

	@Test
	void addsToAnOriginalOfTheSameRole() {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.extra("anthropic", "original_messages", json("[{\"role\":\"user\",\"content\":\"Hi\"}]"))
			.user("Go on")
			.build();
		assertThat(body(request).path("messages")).isEqualTo(json("""
				[{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":"Go on"}]}]"""));
	}

	@Test
	void writesTheConversationAnewIfAnIdDoesNotFit() {
		JsonNode messages = body(question("functions.weather:0").build()).path("messages");
		assertThat(messages.at("/1/content/0/id").asText()).isEqualTo("functions_weather_0");
		assertThat(messages.at("/2/content/0/tool_use_id").asText()).isEqualTo("functions_weather_0");
	}

	@Test
	void showsThoughtsToTheirMakerOnly() {
		ReasoningPart thought = new ReasoningPart("Hm", "signed", null,
				new ProviderState("model-a", "anthropic", "{}"));
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.message(new AssistantMessage(List.of(thought, new TextPart("So")), null))
			.user("And?")
			.extra("anthropic", "original_messages",
					json("[{\"role\":\"user\",\"content\":\"Hi\"},null,{\"role\":\"user\",\"content\":\"And?\"}]"))
			.build();
		assertThat(body(request).at("/messages/1/content")).isEqualTo(json("""
				[{"type":"thinking","thinking":"Hm","signature":"signed"},{"type":"text","text":"So"}]"""));
		assertThat(body(endpoint().modelGroup("model-b"), request).at("/messages/1/content"))
			.isEqualTo(json("[{\"type\":\"text\",\"text\":\"So\"}]"));
	}

	@Test
	void addsNoMarksToSuchARequest() {
		assertThat(body(question("toolu_1").system("Be brief").build()).toString()).doesNotContain("cache_control");
	}

	@Test
	void sendsHeadersOfTheApi() {
		ChatRequest request = ChatRequest.builder()
			.user("Hi")
			.extra("anthropic", "anthropic-beta", "b-1,b-2")
			.extra("anthropic", "anthropic-version", "2030-01-01")
			.extra("anthropic", "anthropic-new", "x")
			.build();
		assertThat(encode(endpoint().header("Anthropic-Beta", "b-0").header("anthropic-new", "y"), request).headers())
			.containsAllEntriesOf(
					Map.of("anthropic-beta", "b-0,b-1,b-2", "anthropic-version", "2030-01-01", "anthropic-new", "y"));
		assertThat(body(request).propertyStream().map(Map.Entry::getKey))
			.noneMatch((name) -> name.startsWith("anthropic-"));
	}

	private static ChatRequestBuilder question(String id) {
		return ChatRequest.builder()
			.user("Hi")
			.message(new AssistantMessage("", List.of(new ToolCall(id, "weather", "{}"))))
			.message(ChatMessage.toolResult(id, "rain"))
			.user("So?")
			.extra("anthropic", "original_messages", json("[" + QUESTION + ",null," + RESULT.formatted(id) + ",{}]"));
	}

	private static JsonNode json(String text) {
		return ProviderJson.read(text);
	}

	private static JsonNode body(ChatRequest request) {
		return body(endpoint(), request);
	}

	private static JsonNode body(EndpointBuilder endpoint, ChatRequest request) {
		return ProviderJson.read(encode(endpoint, request).body());
	}

	private static WireRequest encode(EndpointBuilder endpoint, ChatRequest request) {
		return new AnthropicDialect().encode(new EndpointRequest(endpoint.build(), request, false));
	}

	private static EndpointBuilder endpoint() {
		return Endpoint.named("primary").provider("anthropic").url(AnthropicDialect.DEFAULT_URL).model("model-a");
	}

}
