// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.test.Continuation;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.ProviderError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The faults by which public comparisons of gateways judge failover, streamed: what the
 * client gets, and how often the failing provider is asked. An outage that ends is in the
 * tests of probes. Limits are shorter than the defaults.
 */
class MisbehavingProviderTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Duration SILENCE = Duration.ofSeconds(2);

	/** Sixty words, no two alike. */
	private static final String ANSWER = Stream.iterate(1, (number) -> number + 1)
		.limit(60)
		.map((number) -> "word" + number)
		.collect(Collectors.joining(" "));

	private static final ProviderError OVERLOADED = ProviderError.of(503).withType("overloaded_error");

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@BeforeEach
	void answerHealthy() {
		primary.answers((request) -> ANSWER);
		backup.answers((request) -> ANSWER);
		primary.continuation(Continuation.FROM_START);
		backup.continuation(Continuation.FROM_START);
	}

	@Test
	void rateLimitedWithATimeToComeBack() {
		primary.next(Outcome.status(429).withHeader("Retry-After", "2"));
		assertRescued(1);
	}

	@Test
	void rateLimitedWithoutATimeAndForGood() {
		primary.always(Outcome.status(429));
		assertRescued(1);
	}

	@Test
	void failsOnce() {
		primary.next(Outcome.status(500));
		assertRescued(1);
	}

	@Test
	void overloadedForGood() {
		primary.always(Outcome.error(OVERLOADED));
		assertRescued(1);
	}

	@Test
	void connectionResetBeforeTheHeaders() {
		primary.next(Outcome.healthy().cutBeforeHeaders().byReset());
		assertRescued(1);
	}

	@Test
	void noResponseAtAll() {
		primary.always(Outcome.healthy().hangBeforeHeaders());
		assertRescued(1);
	}

	@Test
	void slowFirstToken() {
		primary.always(Outcome.healthy().firstTokenAfter(LONG));
		assertRescued(1);
	}

	@Test
	void streamCutWithinTheAnswer() {
		primary.always(Outcome.healthy().cutAfterTokens(40));
		assertRescued(1);
	}

	@Test
	void streamStalls() {
		primary.always(Outcome.healthy().hangAfterTokens(20));
		assertRescued(1);
		backup.clear();
		answerHealthy();
		primary.always(Outcome.healthy());
		assertRescued(1);
	}

	@Test
	void malformedChunk() {
		StringBuilder stream = new StringBuilder();
		String[] words = ANSWER.split(" ");
		for (int index = 0; index < words.length; index++) {
			stream.append((index == 9) ? "data: {\"choices\": [{\"delta\"\n\n"
					: "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + ((index > 0) ? " " : "")
							+ words[index] + "\"},\"finish_reason\":null}]}\n\n");
		}
		stream
			.append("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
		primary.always(Outcome.raw(200, "text/event-stream", stream.toString()));
		assertRescued(1);
	}

	@Test
	void endsWithoutTheTerminator() {
		primary.always(Outcome.healthy().withoutTerminator());
		RawResponse response = assertRescued(1);
		assertThat(response.header("x-fallback-ai-endpoint")).isEqualTo("primary");
		assertThat(usage(response).path("completion_tokens").asInt()).isPositive();
	}

	@Test
	void contextLengthExceeded() {
		primary.always(Outcome.error(ProviderError.of(400)
			.withType("invalid_request_error")
			.withCode("context_length_exceeded")
			.withMessage("This model's maximum context length is 8192 tokens.")));
		assertRescued(1);
	}

	@Test
	void contentFiltered() {
		primary.always(Outcome.error(ProviderError.of(400)
			.withType("invalid_request_error")
			.withCode("content_policy_violation")
			.withMessage("Your request was rejected by the safety system.")));
		try (GatewayServer gateway = gateway(endpoint("primary"), endpoint("backup"))) {
			RawResponse response = ask(gateway);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("code")).isNotEmpty();
			assertThat(primary.requestCount()).isEqualTo(1);
			assertThat(backup.requestCount()).isZero();
		}
	}

	@Test
	void nextEndpointRefusesPrefill() {
		primary.always(Outcome.healthy().cutAfterTokens(40));
		backup.script((request) -> {
			JsonNode messages = request.body().path("messages");
			boolean prefilled = "assistant".equals(messages.path(messages.size() - 1).path("role").asText());
			return prefilled ? Outcome.error(ProviderError.of(400)
				.withType("invalid_request_error")
				.withMessage("This model does not support assistant message prefill.")) : Outcome.healthy();
		});
		Endpoint prefilling = endpoint("backup").toBuilder()
			.capabilities(Set.of(Capability.PREFILL, Capability.TOOLS))
			.build();
		try (GatewayServer gateway = gateway(endpoint("primary"), prefilling)) {
			assertThat(ask(gateway).text()).isEqualTo(ANSWER);
			assertThat(primary.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void modelAndUsageAreThoseOfTheEndpointThatAnswered() {
		primary.always(Outcome.error(OVERLOADED));
		RawResponse response = assertRescued(1);
		JsonNode usage = usage(response);
		assertThat(usage.path("prompt_tokens").asInt()).isPositive();
		assertThat(usage.path("completion_tokens").asInt()).isPositive();
		assertThat(response.lines().stream().filter((line) -> line.startsWith("data: {")))
			.allSatisfy((line) -> assertThat(line).contains("\"model\":\"model-backup\""));
	}

	private static RawResponse assertRescued(int askedOfPrimary) {
		primary.clear();
		try (GatewayServer gateway = gateway(endpoint("primary"), endpoint("backup"))) {
			RawResponse response = ask(gateway);
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.text()).isEqualTo(ANSWER);
			assertThat(response.lines()).endsWith("data: [DONE]");
			assertThat(primary.requestCount()).isEqualTo(askedOfPrimary);
			return response;
		}
	}

	private static JsonNode usage(RawResponse response) {
		return response.lines()
			.stream()
			.filter((line) -> line.startsWith("data: {"))
			.map((line) -> GatewayJson.read(line.substring(6).getBytes(java.nio.charset.StandardCharsets.UTF_8))
				.value()
				.path("usage"))
			.filter((usage) -> usage.isObject())
			.findFirst()
			.orElseThrow(() -> new AssertionError("no usage in " + response.body()));
	}

	private static RawResponse ask(GatewayServer gateway) {
		return RawResponse.post(gateway,
				"{\"model\":\"auto\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
						+ "\"messages\":[{\"role\":\"user\",\"content\":\"Explain trust in sixty words.\"}]}");
	}

	private static GatewayServer gateway(Endpoint... endpoints) {
		return GatewayServer.before(endpoints);
	}

	private static Endpoint endpoint(String name) {
		ProviderSimulatorExtension simulator = name.equals("primary") ? primary : backup;
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.limits(new AttemptLimits(LONG, SILENCE, SILENCE, LONG, true))
			.build();
	}

}
