package io.github.fallbackai.agents;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.CacheControl;
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
		.message(new UserMessage(List.of(new ImagePart(URI.create("https://host/a.png")).withCacheControl(HOUR),
				new TextPart("What is it?").withCacheControl(CacheControl.EPHEMERAL))))
		.message(new AssistantMessage("", List.of(new ToolCall("call1", "look", "{}"))))
		.message(new ToolResultMessage("call1", "A cat").withCacheControl(HOUR))
		.tool(new ToolDefinition("look", "Looks", "{\"type\":\"object\"}").withCacheControl(HOUR))
		.build();

	@ParameterizedTest
	@CsvSource({ "/system/1", "/messages/0/content/0", "/messages/2/content/0", "/tools/0" })
	void anthropic(String place) {
		JsonNode body = body(new AnthropicDialect(), "https://api.anthropic.com/v1");

		assertThat(body.at(place + "/cache_control").toString()).isEqualTo(HOUR.json());
		assertThat(body.at("/messages/0/content/1/cache_control").toString()).isEqualTo("{\"type\":\"ephemeral\"}");
		assertThat(body.findValues("cache_control")).hasSize(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://openrouter.ai/api/v1", "https://eu.openrouter.ai/api/v1",
			"https://dashscope-intl.aliyuncs.com/compatible-mode/v1" })
	void serversLikeOpenRouter(String url) {
		JsonNode body = body(new OpenAiDialect(), url);

		for (String place : List.of("/messages/0/content/1", "/messages/1/content/0", "/messages/3/content/0",
				"/tools/0")) {
			assertThat(body.at(place + "/cache_control").toString()).as(place).isEqualTo(HOUR.json());
		}
		assertThat(body.findValues("cache_control")).hasSize(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.openai.com/v1", "https://not-openrouter.ai/v1", "http://localhost:8080/v1" })
	void notOthers(String url) {
		assertThat(body(new OpenAiDialect(), url).findValues("cache_control")).isEmpty();
	}

	private static JsonNode body(Dialect dialect, String url) {
		Endpoint endpoint = Endpoint.named("a").provider(dialect.provider()).url(URI.create(url)).model("m").build();
		return ProviderJson.read(dialect.encode(new EndpointRequest(endpoint, MARKED, false)).body());
	}

}
