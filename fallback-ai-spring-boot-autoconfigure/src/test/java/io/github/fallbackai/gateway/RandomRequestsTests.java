// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random requests, well-formed and not, at each protocol. Every request gets an answer in
 * the words of its protocol; none is an error of the server's. Some by default, more with
 * a system property.
 */
@ExtendWith(OutputCaptureExtension.class)
class RandomRequestsTests {

	static final Iterable<String> PATHS = RandomRequest.PATHS;

	private static final Logger logger = LoggerFactory.getLogger(RandomRequestsTests.class);

	private static final int REQUESTS = Integer.getInteger("fallback-ai.test.requests", 50);

	private static final long SEED = Long.getLong("fallback-ai.test.seed", 18);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static final HttpClient http = HttpClient.newHttpClient();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@FieldSource("PATHS")
	void wellFormedOnesAreAnswered(String path, CapturedOutput output) {
		Random random = new Random(SEED);
		Map<String, Integer> outcomes = new TreeMap<>();
		for (int number = 0; number < REQUESTS; number++) {
			ObjectNode request = RandomRequest.of(path, random, model(number));
			HttpResponse<String> response = post(path, GatewayJson.write(request));
			outcomes.merge(outcome(response), 1, Integer::sum);
			assertThat(response.statusCode()).as("number %d: %s: %s", number, response.body(), request).isEqualTo(200);
		}
		logger.info("{} well-formed requests to {}: {}", REQUESTS, path, outcomes);
		assertThat(output.getAll()).doesNotContain("\tat ");
	}

	@ParameterizedTest
	@FieldSource("PATHS")
	void mutilatedOnesAreTheClientsMistake(String path, CapturedOutput output) {
		Random random = new Random(SEED);
		Map<String, Integer> outcomes = new TreeMap<>();
		for (int number = 0; number < REQUESTS; number++) {
			byte[] request = Mutilation.of(RandomRequest.of(path, random, model(number)), random);
			HttpResponse<String> response = post(path, request);
			outcomes.merge(outcome(response), 1, Integer::sum);
			assertThat(response.statusCode()).as("number %d: %s: %s", number, response.body(), new String(request))
				.matches((status) -> status == 200 || (status >= 400 && status < 500));
			assertThat(response.body()).doesNotContain("Exception", "\tat ");
			if (response.statusCode() != 200) {
				JsonNode error = GatewayJson.read(response.body().getBytes()).value().path("error");
				assertThat(error.path("type").asText()).isNotEmpty();
				assertThat(error.path("message").asText()).isNotEmpty();
			}
		}
		logger.info("{} mutilated requests to {}: {}", REQUESTS, path, outcomes);
		assertThat(output.getAll()).doesNotContain("\tat ");
	}

	private static String outcome(HttpResponse<String> response) {
		if (response.statusCode() == 200) {
			return "200";
		}
		JsonNode error = GatewayJson.read(response.body().getBytes()).value().path("error");
		return response.statusCode() + " " + error.path("code").asText(error.path("type").asText());
	}

	/** Every provider in turn, and no other one behind it. */
	private static String model(int number) {
		String kind = MessagesGateway.KINDS.get(number % MessagesGateway.KINDS.size());
		return kind + '-' + kind;
	}

	private static HttpResponse<String> post(String path, byte[] body) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
			.header("content-type", "application/json")
			.header("authorization", "Bearer " + MessagesGateway.KEY)
			.timeout(PATIENCE)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body))
			.build();
		try {
			return http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError("no response to " + new String(body), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

}
