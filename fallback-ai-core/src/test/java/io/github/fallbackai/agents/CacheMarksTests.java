// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.agents;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Marks for the prompt cache reach the servers that know them, wherever they stand.
 */
class CacheMarksTests {

	private static final CacheControl HOUR = new CacheControl("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}");

	private static final ChatRequest MARKED = ChatRequest.builder()
		.message(new SystemMessage(List.of(new TextPart("Rules."), new TextPart("More.").withCacheControl(HOUR))))
		.message(new UserMessage(List.of(new TextPart("What is it?").withCacheControl(CacheControl.EPHEMERAL),
				new ImagePart(URI.create("https://host/a.png")))))
		.message(new AssistantMessage("", List.of(new ToolCall("call1", "look", "{}"))))
		.message(new ToolResultMessage("call1", "A cat").withCacheControl(HOUR))
		.tool(new ToolDefinition("look", "Looks", "{\"type\":\"object\"}").withCacheControl(HOUR))
		.build();

	@ParameterizedTest
	@ValueSource(strings = { "/system/1", "/messages/2/content/0", "/tools/0" })
	void anthropic(String place) {
		JsonNode body = body(new AnthropicDialect(), "https://api.anthropic.com/v1");

		assertThat(body.at(place + "/cache_control").toString()).isEqualTo(HOUR.json());
		assertThat(body.at("/messages/0/content/0/cache_control").toString()).isEqualTo("{\"type\":\"ephemeral\"}");
		assertThat(body.findValues("cache_control")).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://openrouter.ai/api/v1", "https://eu.openrouter.ai/api/v1",
			"https://dashscope-intl.aliyuncs.com/compatible-mode/v1" })
	void serversLikeOpenRouter(String url) {
		JsonNode body = body(new OpenAiDialect(), url);

		for (String place : List.of("/messages/0/content/1", "/messages/3/content/0", "/tools/0")) {
			assertThat(body.at(place + "/cache_control").toString()).as(place).isEqualTo(HOUR.json());
		}
		assertThat(body.findValues("cache_control")).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.openai.com/v1", "https://not-openrouter.ai/v1", "http://localhost:8080/v1" })
	void notOthers(String url) {
		assertThat(body(new OpenAiDialect(), url).findValues("cache_control")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "anthropic, https://api.anthropic.com/v1, none, 0",
			"anthropic, https://api.anthropic.com/v1, request, 4", "openai, https://openrouter.ai/api/v1, none, 0",
			"openai, http://localhost:8080/v1, request, 4" })
	void asTheEndpointSays(String provider, String url, String setting, int marks) {
		Dialect dialect = provider.equals("openai") ? new OpenAiDialect() : new AnthropicDialect();

		assertThat(body(dialect, endpoint(dialect, url).option("prompt-cache", setting).build(), MARKED)
			.findValues("cache_control")).hasSize(marks);
	}

	@Test
	void fourAtMost() {
		ChatRequest many = MARKED.toBuilder()
			.replaceMessages(List.of(new SystemMessage(List.of(marked("1"), marked("2"))),
					new UserMessage(List.of(marked("3"), marked("4"))), ChatMessage.assistant("5"),
					new UserMessage(List.of(marked("6")))))
			.tool(new ToolDefinition("last", "Is last", "{\"type\":\"object\"}").withCacheControl(HOUR))
			.build();
		JsonNode body = anthropic(many, "auto");

		assertThat(body.findValues("cache_control")).hasSize(4);
		for (String place : List.of("/tools/0", "/tools/1", "/system/1", "/messages/2/content/0")) {
			assertThat(body.at(place).has("cache_control")).as(place).isTrue();
		}
		JsonNode whole = anthropic(
				many.toBuilder().extra("anthropic", "cache_control", Map.of("type", "ephemeral")).build(), "auto");
		assertThat(whole.findValues("cache_control")).hasSize(4);
		assertThat(whole.at("/tools/0").has("cache_control")).isFalse();
	}

	@Test
	void placedWhereTheRequestHasNone() {
		ChatRequest plain = ChatRequest.builder()
			.system("Rules.")
			.system("More.")
			.user("Hello")
			.tool(new ToolDefinition("one", "Is one", "{\"type\":\"object\"}"))
			.tool(new ToolDefinition("two", "Is two", "{\"type\":\"object\"}"))
			.build();
		JsonNode body = anthropic(plain, "auto");

		assertThat(body.path("system")).hasToString(
				"[{\"type\":\"text\",\"text\":\"Rules.\\n\\nMore.\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
		assertThat(body.at("/tools/1/cache_control/type").asText()).isEqualTo("ephemeral");
		assertThat(body.findValues("cache_control")).hasSize(2);
		assertThat(anthropic(plain, "request").path("system").asText()).isEqualTo("Rules.\n\nMore.");
		assertThat(anthropic(plain, "none").findValues("cache_control")).isEmpty();
		assertThat(anthropic(ChatRequest.of("hello"), "auto").findValues("cache_control")).isEmpty();
	}

	private static TextPart marked(String text) {
		return new TextPart(text).withCacheControl(HOUR);
	}

	private static JsonNode anthropic(ChatRequest request, String setting) {
		Dialect dialect = new AnthropicDialect();
		return body(dialect, endpoint(dialect, "https://api.anthropic.com/v1").option("prompt-cache", setting).build(),
				request);
	}

	private static JsonNode body(Dialect dialect, String url) {
		return body(dialect, endpoint(dialect, url).build(), MARKED);
	}

	private static EndpointBuilder endpoint(Dialect dialect, String url) {
		return Endpoint.named("a").provider(dialect.provider()).url(URI.create(url)).model("m");
	}

	private static JsonNode body(Dialect dialect, Endpoint endpoint, ChatRequest request) {
		return ProviderJson.read(dialect.encode(new EndpointRequest(endpoint, request, false)).body());
	}

}
