// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How every dialect writes requests.
 */
interface RequestContract extends DialectFixtures {

	/** The header that has the key "sk-secret". */
	Map.Entry<String, String> keyHeader();

	/** The forms of an answer that can be expressed. */
	Set<ResponseFormat.Type> formats();

	@Test
	default void writesEverythingOnce() {
		String body = body(everything().build());
		for (String part : List.of("Be brief", "What is this?", "https://example.org/a.png", "AQID", "image/webp",
				"It rains", "Tells the weather", "Tells the time", "Oslo", "CET", "12 degrees", "noon", "###", "0.25",
				"321", "any_extra")) {
			assertThat(body).containsOnlyOnce(part);
		}
		assertThat(body).doesNotContain("other_extra");
	}

	@Test
	default void keepsCallAndResultTogether() {
		String body = body(everything().build());
		assertThat(body.split("call_w", -1)).as("call and result").hasSize(3);
		assertThat(body.split("call_t", -1)).as("call and result").hasSize(3);
	}

	@ParameterizedTest
	@EnumSource(value = ResponseFormat.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "VECTORS")
	default void writesEveryFormOfAnswerOrSaysThatItCannot(ResponseFormat.Type type) {
		ResponseFormat format = switch (type) {
			case TEXT -> ResponseFormat.TEXT;
			case JSON_OBJECT -> ResponseFormat.JSON_OBJECT;
			case JSON_SCHEMA -> ResponseFormat.jsonSchema("city", "{\"type\":\"object\",\"title\":\"schema_text\"}");
			case VECTORS -> throw new IllegalStateException("asked of another dialect");
		};
		ChatRequest request = ChatRequest.builder().user("Hi").responseFormat(format).build();
		if (formats().contains(type)) {
			assertThat(dialect().unsupported(request)).isNull();
			assertThat(body(request).contains("json")).isEqualTo(format.structured());
			assertThat(body(request).contains("schema_text")).isEqualTo(format.schema() != null);
		}
		else {
			assertThat(dialect().unsupported(request)).isNotBlank();
			assertThatIllegalArgumentException().isThrownBy(() -> body(request));
		}
	}

	@Test
	default void writesEveryToolChoice() {
		Stream<ToolChoice> choices = Stream.of(ToolChoice.AUTO, ToolChoice.NONE, ToolChoice.REQUIRED,
				ToolChoice.tool("weather"));
		assertThat(choices.map((choice) -> body(everything().toolChoice(choice).build())).collect(Collectors.toSet()))
			.hasSize(4);
	}

	@Test
	default void refusesASchemaThatIsNoJsonObjectWithoutQuotingIt() {
		ToolDefinition broken = new ToolDefinition("weather", "Tells the weather", "{secret");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> body(ChatRequest.builder().user("Hi").tool(broken).build()))
			.withMessage("parameters of tool 'weather': not a JSON object")
			.withNoCause();
	}

	/** A model that is cut by its limit of tokens writes exactly that. */
	@ParameterizedTest
	@ValueSource(strings = { "{\"city\":\"Os", "[\"Os\"]", "\"Os\"", "Os", "{\"city\":\"Os\"} {}" })
	default void aCallWithoutAnObjectOfArgumentsDoesNotSpoilTheConversation(String arguments) {
		String body = body(ChatRequest.builder()
			.user("Hi")
			.message(new AssistantMessage("", List.of(new ToolCall("call_w", "weather", arguments))))
			.message(ChatMessage.toolResult("call_w", "arguments that nobody can read"))
			.build());
		assertThat(body).contains("weather", "Os", "arguments that nobody can read");
	}

	@Test
	default void sendsTheKeyInItsHeaderAndNowhereElse() {
		WireRequest request = encode(ChatRequest.of("private"), true);
		assertThat(request.headers()).contains(keyHeader());
		assertThat(request.headers().values()).filteredOn((value) -> value.contains("sk-secret")).hasSize(1);
		assertThat(request.uri() + " " + request).doesNotContain("sk-secret", "private");
		assertThat(new String(request.body(), StandardCharsets.UTF_8)).doesNotContain("sk-secret");
	}

	@Test
	default void survivesATextThatEndsWithinACharacter() {
		assertThat(body(ChatRequest.of("cut \uD83D"))).contains("cut ?");
	}

	private ChatRequestBuilder everything() {
		return ChatRequest.builder()
			.system("Be brief")
			.message(ChatMessage.user(new TextPart("What is this?"),
					new ImagePart(URI.create("https://example.org/a.png")),
					ImagePart.of("image/webp", new byte[] { 1, 2, 3 })))
			.message(new AssistantMessage("It rains",
					List.of(new ToolCall("call_w", "weather", "{\"city\":\"Oslo\"}"),
							new ToolCall("call_t", "time", "{\"zone\":\"CET\"}"))))
			.message(ChatMessage.toolResult("call_w", "12 degrees"))
			.message(ChatMessage.toolResult("call_t", "noon"))
			.tool(new ToolDefinition("weather", "Tells the weather", "{\"type\":\"object\"}"))
			.tool(new ToolDefinition("time", "Tells the time", "{\"type\":\"object\"}"))
			.temperature(0.25)
			.maxTokens(321)
			.stop("###")
			.extra(dialect().provider(), "any_extra", 1)
			.extra("another", "other_extra", 1);
	}

	private String body(ChatRequest request) {
		return new String(encode(request, false).body(), StandardCharsets.UTF_8);
	}

	private WireRequest encode(ChatRequest request, boolean streaming) {
		Endpoint endpoint = Endpoint.named("primary")
			.provider(dialect().provider())
			.url(URI.create("https://host/base"))
			.model("model-a")
			.apiKey(ApiKey.of("sk-secret"))
			.build();
		return dialect().encode(new EndpointRequest(endpoint, request, streaming));
	}

}
