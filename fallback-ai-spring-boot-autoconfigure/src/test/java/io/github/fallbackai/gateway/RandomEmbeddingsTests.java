// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Random;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random requests for embeddings, well-formed and not. Some by default, more with a
 * system property.
 */
@ExtendWith(OutputCaptureExtension.class)
class RandomEmbeddingsTests {

	private static final int REQUESTS = Integer.getInteger("fallback-ai.test.requests", 50);

	private static final long SEED = Long.getLong("fallback-ai.test.seed", 18);

	private static final String[] TEXTS = { "Hi", "Größe 📏", "line\nline", "\"quoted\"", "x".repeat(3000), "{}",
			"<script>", "\uD83D\uDE00" };

	@RegisterExtension
	static final ProviderSimulatorExtension openai = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension gemini = ProviderSimulatorExtension.create();

	private static GatewayServer gateway;

	@BeforeAll
	static void start() {
		gateway = GatewayServer.before(endpoint("openai", openai), endpoint("gemini", gemini));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	private static Endpoint endpoint(String provider, ProviderSimulatorExtension simulator) {
		return Endpoint.named(provider)
			.provider(provider)
			.url(URI.create(simulator.url()))
			.model("embed-" + provider)
			.build();
	}

	@Test
	void wellFormedOnesAreAnswered(CapturedOutput output) {
		Random random = new Random(SEED);
		for (int number = 0; number < REQUESTS; number++) {
			ObjectNode request = request(random);
			RawResponse response = post(GatewayJson.write(request));
			assertThat(response.status()).as("number %d: %s: %s", number, response.body(), request).isEqualTo(200);
			assertThat(response.json().path("data").size()).isEqualTo(inputs(request));
		}
		assertThat(output.getAll()).doesNotContain("\tat ");
	}

	@Test
	void mutilatedOnesAreTheClientsMistake(CapturedOutput output) {
		Random random = new Random(SEED);
		for (int number = 0; number < REQUESTS; number++) {
			byte[] request = Mutilation.of(request(random), random);
			RawResponse response = post(request);
			assertThat(response.status()).as("number %d: %s: %s", number, response.body(), new String(request))
				.matches((status) -> status == 200 || (status >= 400 && status < 500));
			if (response.status() != 200) {
				assertThat(response.error("type")).isNotEmpty();
				assertThat(response.error("message")).isNotEmpty().doesNotContain("Exception");
			}
		}
		assertThat(output.getAll()).doesNotContain("\tat ");
	}

	/** Tokens are numbers of OpenAI's, so Gemini gets texts only. */
	private static ObjectNode request(Random random) {
		boolean tokens = random.nextInt(4) == 0;
		ObjectNode request = GatewayJson.object();
		request.put("model", (tokens || random.nextBoolean()) ? "embed-openai" : "embed-gemini");
		if (random.nextInt(3) == 0 && !tokens) {
			request.put("input", text(random));
		}
		else {
			ArrayNode input = request.putArray("input");
			int inputs = 1 + random.nextInt(4);
			for (int index = 0; index < inputs; index++) {
				if (tokens) {
					input.addArray().add(random.nextInt(100_000)).add(random.nextInt(100_000));
				}
				else {
					input.add(text(random));
				}
			}
		}
		if (random.nextBoolean()) {
			request.put("dimensions", 1 + random.nextInt(64));
		}
		if (random.nextBoolean()) {
			request.put("encoding_format", random.nextBoolean() ? "float" : "base64");
		}
		if (random.nextBoolean()) {
			request.put("user", "somebody");
		}
		return request;
	}

	private static String text(Random random) {
		return TEXTS[random.nextInt(TEXTS.length)];
	}

	private static int inputs(ObjectNode request) {
		return request.path("input").isArray() ? request.path("input").size() : 1;
	}

	private static RawResponse post(byte[] body) {
		return RawResponse.exchange(gateway, "/embeddings", HttpRequest.BodyPublishers.ofByteArray(body));
	}

}
