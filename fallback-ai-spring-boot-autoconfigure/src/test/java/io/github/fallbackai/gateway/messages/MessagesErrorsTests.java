// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Keys, probes and errors of the Messages API.
 */
class MessagesErrorsTests {

	private static final String REQUEST = """
			{"model":"anthropic-anthropic","max_tokens":10,"messages":[{"role":"user","content":"Hi"}]}""";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second, "--fallback.ai.gateway.heartbeat=200ms");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@ParameterizedTest
	@CsvSource({ "x-api-key, key-of-the-messages-client, 200", "x-api-key, other, 401",
			"authorization, Bearer key-of-the-messages-client, 200", "authorization, Bearer other, 401" })
	void takesTheKeyFromEitherHeader(String header, String value, int status) {
		HttpResponse<String> response = header.equals("x-api-key")
				? gateway.post("/v1/messages", REQUEST, header, value)
				: gateway.post("/v1/messages", REQUEST, header, value, "x-api-key", "unknown");
		assertThat(response.statusCode()).isEqualTo(status);
		if (status == 401) {
			assertThat(type(response)).isEqualTo("authentication_error");
		}
		else {
			assertThat(response.headers().firstValue("request-id").orElseThrow()).startsWith("req_");
			assertThat(response.headers().firstValue("x-fallback-ai-endpoint")).contains("first-anthropic");
		}
	}

	@ParameterizedTest
	@CsvSource({ "400, invalid_request_error, BadRequestException",
			"413, request_too_large, ContentTooLargeException" })
	void passesOnWhatIsTheCallersFault(int status, String type, String exception) {
		first.always(refusing(status, type));
		second.always(refusing(status, type));
		HttpResponse<String> response = gateway.post("/v1/messages", REQUEST);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(type(response)).isEqualTo(type);
		assertThat(MessagesGateway.json(response).path("error").path("message").asText())
			.endsWith("messages.0.content: Input should be a valid list");
		MessageCreateParams question = MessageCreateParams.builder()
			.model("anthropic-anthropic")
			.maxTokens(9)
			.addUserMessage("Hi")
			.build();
		AnthropicServiceException error = catchThrowableOfType(AnthropicServiceException.class,
				() -> gateway.client().messages().create(question));
		assertThat(error.getClass().getSimpleName()).isEqualTo(exception);
	}

	/** Its words are about what the gateway wrote, not about what the client wrote. */
	@Test
	void quotesNoProviderOfAnotherApi() {
		first.always(Outcome.raw(400, "application/json",
				"{\"error\":{\"message\":\"Secret words\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":null}}"));
		HttpResponse<String> response = gateway.post("/v1/messages",
				REQUEST.replace("anthropic-anthropic", "openai-gemini"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).doesNotContain("Secret words");
	}

	private static Outcome refusing(int status, String type) {
		return Outcome.raw(status, "application/json", "{\"type\":\"error\",\"error\":{\"type\":\"" + type
				+ "\",\"message\":\"messages.0.content: Input should be a valid list\"},\"request_id\":\"req_1\"}");
	}

	@ParameterizedTest
	@CsvSource({ "429, 429, rate_limit_error", "529, 502, api_error", "503, 502, api_error" })
	void namesFailuresOfAllProviders(int provider, int status, String type) {
		first.always(Outcome.status(provider));
		second.always(Outcome.status(provider));
		HttpResponse<String> response = gateway.post("/v1/messages", REQUEST);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(type(response)).isEqualTo(type);
	}

	@ParameterizedTest
	@CsvSource({ "/v1/messages", "/v1/models", "/v1/messages/count_tokens", "/v1/models/first-openai" })
	void answersProbes(String path) {
		HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
		assertThat(gateway.send("HEAD", path, nothing).statusCode()).isEqualTo(200);
		assertThat(gateway.send("HEAD", path, nothing, "x-api-key", "other").statusCode()).isEqualTo(401);
	}

	/** With these details, the SDK sends whole conversations from then on. */
	@Test
	void holdsNoConversation() {
		String thread = "\"thread\":{\"type\":\"continue\",\"previous_message_id\":\"msg_1\"},\"max_tokens\"";
		HttpResponse<String> response = gateway.post("/v1/messages", REQUEST.replace("\"max_tokens\"", thread));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(type(response)).isEqualTo("invalid_request_error");
		JsonNode details = MessagesGateway.json(response).path("error").path("details");
		assertThat(details.path("error_code").asText()).isEqualTo("thread_unsupported_request");
		assertThat(details.path("unsupported").path(0).asText()).isEqualTo("thread");
		assertThat(first.requests()).isEmpty();
	}

	@Test
	void namesUnknownPathsInTheClientsShape() {
		HttpResponse<String> response = gateway.post("/v1/messages/batches", "{}");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(type(response)).isEqualTo("not_found_error");
	}

	@Test
	void countsTokensByAnEstimate() {
		HttpResponse<String> response = gateway.post("/v1/messages/count_tokens",
				"{\"model\":\"openai-openai\",\"messages\":[{\"role\":\"user\",\"content\":\"How are you?\"}]}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(MessagesGateway.json(response).path("input_tokens").asInt()).isPositive();
		assertThat(response.headers().firstValue("x-fallback-ai-estimated")).contains("true");
	}

	@Test
	void pingsWhileTheModelThinks() {
		first.always(Outcome.answer("Done.").firstTokenAfter(Duration.ofMillis(900)));
		String body = gateway.post("/v1/messages", REQUEST.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\""))
			.body();
		assertThat(body).startsWith("event: ping\n");
		assertThat(MessageStreamCheck.of(body).text()).isEqualTo("Done.");
	}

	private static String type(HttpResponse<String> response) {
		JsonNode error = MessagesGateway.json(response);
		assertThat(error.path("type").asText()).isEqualTo("error");
		return error.path("error").path("type").asText();
	}

}
