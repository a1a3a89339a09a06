// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.agents;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.AzureOpenAiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.provider.responses.ResponsesDialect;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.suite.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider finds in its cache what a request begins with. So each request of a
 * conversation has to begin, byte for byte, as the one before, up to the end of its
 * messages, and all else has to be the same.
 */
class PromptPrefixTests {

	private static final int CONVERSATIONS = Integer.getInteger("fallback-ai.test.conversations", 40);

	private static final List<String> FORMATS = List.of("openai", "openai-responses", "anthropic", "gemini");

	private final Seed seed = Seed.any();

	@ParameterizedTest
	@CsvSource({ "openai, https://api.openai.com/v1, messages", "openai, https://openrouter.ai/api/v1, messages",
			"openai, https://api.mistral.ai/v1, messages", "openai, https://api.deepseek.com/v1, messages",
			"azure-openai, https://a.openai.azure.com, messages", "responses, https://api.openai.com/v1, input",
			"anthropic, https://api.anthropic.com/v1, messages",
			"gemini, https://generativelanguage.googleapis.com/v1beta, contents" })
	void eachTurnBeginsAsTheOneBefore(String dialect, URI url, String messages) {
		for (int number = 0; number < CONVERSATIONS; number++) {
			Random random = new Random(this.seed.value() + number);
			ChatRequestBuilder request = setting(random);
			int turns = 2 + random.nextInt(5);
			String before = null;
			for (int turn = 0; turn < turns; turn++) {
				said(random, turn).forEach(request::message);
				String body = body(dialect, url, request.build());
				if (before != null) {
					assertThat(body).as("%s, conversation %d, turn %d", this.seed, number, turn)
						.startsWith(upToLastMessage(before, messages));
					assertThat(without(messages, body)).as("%s, conversation %d", this.seed, number)
						.isEqualTo(without(messages, before));
				}
				before = body;
				request.messages(answered(random, turn));
			}
		}
	}

	private static String body(String dialect, URI url, ChatRequest request) {
		Dialect format = switch (dialect) {
			case "openai" -> new OpenAiDialect();
			case "azure-openai" -> new AzureOpenAiDialect();
			case "responses" -> ResponsesDialect.openAi();
			case "anthropic" -> new AnthropicDialect();
			default -> new GeminiDialect();
		};
		Endpoint endpoint = Endpoint.named("a")
			.provider(format.provider())
			.url(url)
			.model(dialect.equals("gemini") ? "gemini-3-pro" : "model")
			.modelGroup("group")
			.build();
		return new String(format.encode(new EndpointRequest(endpoint, request, true)).body(), UTF_8);
	}

	/** The next message may become a part of the last one. */
	private static String upToLastMessage(String body, String messages) {
		String all = object(body).path(messages).toString();
		int end = body.indexOf(all) + all.length();
		while (body.charAt(end - 1) == ']' || body.charAt(end - 1) == '}') {
			end--;
		}
		return body.substring(0, end);
	}

	private static String without(String messages, String body) {
		return object(body).without(messages).toString();
	}

	private static ObjectNode object(String body) {
		return (ObjectNode) ProviderJson.read(body);
	}

	private static ChatRequestBuilder setting(Random random) {
		ChatRequestBuilder request = ChatRequest.builder().promptCacheKey("key").maxTokens(100);
		for (int index = random.nextInt(3); index > 0; index--) {
			request.system("Rule " + random.nextInt() + ".");
		}
		for (int index = random.nextInt(6); index > 0; index--) {
			request.tool(new ToolDefinition("tool" + index + 'x' + random.nextInt(1000), "Does " + random.nextInt(),
					"{\"type\":\"object\",\"properties\":{" + members(random, "{\"type\":\"string\"}")
							+ "},\"required\":[]}"));
		}
		if (random.nextInt(3) == 0) {
			request.responseFormat(ResponseFormat.jsonSchema("answer",
					"{\"type\":\"object\",\"properties\":{" + members(random, "{\"type\":\"number\"}") + "}}"));
		}
		request.extra("openai", "logit_bias", Collections.singletonMap("50256", -100));
		return request;
	}

	/** Members in no order, which has to stay. */
	private static String members(Random random, String value) {
		List<String> members = new ArrayList<>();
		for (int index = random.nextInt(12); index >= 0; index--) {
			members.add("\"m" + random.nextInt(100_000) + "\":" + value);
		}
		return String.join(",", members);
	}

	private static List<ChatMessage> said(Random random, int turn) {
		List<ContentPart> parts = new ArrayList<>();
		parts.add(new TextPart("Question " + turn + " {[" + random.nextInt() + "]}"));
		if (random.nextInt(4) == 0) {
			parts.add(ImagePart.of("image/png", new byte[] { 1, 2, (byte) random.nextInt() }));
		}
		return List.of(new UserMessage(parts));
	}

	/** Some rounds of tools, and an answer. */
	private static List<ChatMessage> answered(Random random, int turn) {
		List<ChatMessage> messages = new ArrayList<>();
		for (int round = random.nextInt(3); round > 0; round--) {
			List<AssistantPart> parts = thoughtAndText(random);
			List<ChatMessage> results = new ArrayList<>();
			for (int call = random.nextInt(3); call >= 0; call--) {
				String id = random.nextBoolean() ? "call_" + call
						: "chatcmpl-tool-" + random.nextLong() + "." + random.nextLong() + "." + random.nextLong();
				parts.add(new ToolCall(id, "tool" + call, "{" + members(random, "1") + "}")
					.withState(state(random, "\"x" + random.nextInt(1000) + "\":{\"b\":1,\"a\":2}")));
				results.add(new ToolResultMessage(id, (random.nextInt(5) == 0) ? "" : "{\"b\":1,\"a\":2} " + turn));
			}
			Collections.shuffle(results, random);
			messages.add(new AssistantMessage(parts, state(random, "\"further\":{\"z\":1,\"a\":[]}")));
			messages.addAll(results);
		}
		List<AssistantPart> parts = thoughtAndText(random);
		parts.add((random.nextInt(8) == 0) ? new RefusalPart("I cannot.", null) : new TextPart("Answer."));
		messages.add(new AssistantMessage(parts, null));
		return messages;
	}

	private static List<AssistantPart> thoughtAndText(Random random) {
		List<AssistantPart> parts = new ArrayList<>();
		if (random.nextBoolean()) {
			parts.add(new ReasoningPart("Hm " + random.nextInt(), random.nextBoolean() ? "signature" : null,
					(random.nextInt(3) == 0) ? "encrypted" : null,
					state(random, "\"id\":\"rs_" + random.nextInt(100) + "\",\"summary\":[]")));
		}
		if (random.nextBoolean()) {
			parts.add(new TextPart("Let me see " + random.nextInt()));
		}
		return parts;
	}

	private static ProviderState state(Random random, String members) {
		String format = FORMATS.get(random.nextInt(FORMATS.size()));
		return new ProviderState(random.nextBoolean() ? "group" : "other", format, "{" + members + "}");
	}

}
