// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random requests of the forms that the published schemas allow. The gateway answers
 * each, or says what it does not take, in the words of the protocol. Some by default,
 * more with a system property.
 */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class SchemaRequestsTests {

	private static final Logger logger = LoggerFactory.getLogger(SchemaRequestsTests.class);

	private static final int REQUESTS = Integer.getInteger("fallback-ai.test.requests", 100);

	private static final long SEED = Long.getLong("fallback-ai.test.seed", 18);

	private static final Map<String, Class<?>> SCHEMAS = Map.of("/v1/chat/completions",
			body(ChatCompletionCreateParams.class), "/v1/responses", body(ResponseCreateParams.class), "/v1/embeddings",
			body(EmbeddingCreateParams.class), "/v1/messages", body(MessageCreateParams.class),
			"/v1/messages/count_tokens", body(MessageCountTokensParams.class));

	/** What makes the gateway look at nothing else. */
	private static final List<String> REFUSED = List.of("previous_response_id", "conversation", "prompt", "background",
			"audio", "modalities", "functions", "function_call", "n");

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second, "--fallback.ai.gateway.responses.hosted-tools=leave-out");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static Class<?> body(Class<?> parameters) {
		for (Class<?> nested : parameters.getDeclaredClasses()) {
			if (nested.getSimpleName().equals("Body")) {
				return nested;
			}
		}
		throw new IllegalArgumentException(parameters.getName());
	}

	/**
	 * Schemas do not say what belongs together, so that not every request makes sense.
	 * @param least how many of a hundred are answered
	 */
	@ParameterizedTest
	@CsvSource({ "/v1/chat/completions, 5", "/v1/responses, 20", "/v1/embeddings, 50", "/v1/messages, 50",
			"/v1/messages/count_tokens, 90" })
	void areAnsweredOrRefusedInTheWordsOfTheProtocol(String path, int least, CapturedOutput output) {
		Random random = new Random(SEED);
		Map<String, Integer> outcomes = new TreeMap<>();
		int answered = 0;
		for (int number = 0; number < REQUESTS; number++) {
			ObjectNode request = request(path, random, number);
			HttpResponse<String> response = gateway.post(path, GatewayJson.text(request));
			assertThat(response.statusCode()).as("number %d: %s: %s", number, response.body(), request)
				.matches((status) -> status == 200 || (status >= 400 && status < 500));
			assertThat(response.body()).doesNotContain("Exception", "\tat ");
			String outcome = "200";
			if (response.statusCode() == 200) {
				answered++;
			}
			else {
				JsonNode error = MessagesGateway.json(response).path("error");
				assertThat(error.path("type").asText()).isNotEmpty();
				assertThat(error.path("message").asText()).isNotEmpty();
				outcome = response.statusCode() + " " + error.path("message").asText();
			}
			outcomes.merge(outcome, 1, Integer::sum);
		}
		logger.info("{} requests to {}: {}", REQUESTS, path, outcomes);
		assertThat(output.getAll()).doesNotContain("\tat ");
		assertThat(answered).isGreaterThanOrEqualTo(REQUESTS * least / 100);
	}

	private static ObjectNode request(String path, Random random, int number) {
		ObjectNode request = (ObjectNode) new SchemaRequest(random).of(SCHEMAS.get(path));
		if (random.nextInt(10) > 0) {
			request.remove(REFUSED);
		}
		String kind = MessagesGateway.KINDS.get(number % MessagesGateway.KINDS.size());
		return request.put("model", kind + '-' + kind);
	}

}
