// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RecoverySettings;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * How an answer is streamed, and what happens when it breaks off.
 */
class StreamsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration IDLE = Duration.ofSeconds(4);

	private static final Duration LONGER_THAN_IDLE = Duration.ofMillis(5500);

	private static final Duration VERY_LONG = Duration.ofMinutes(10);

	private static final Duration LESS_THAN_ANY_LIMIT = Duration.ofSeconds(30);

	private static final String ANSWER = "Breakers protect callers. The next model answers! So nobody waits.";

	private static final ChatCompletionCreateParams QUESTION = ChatCompletionCreateParams.builder()
		.model("auto")
		.addUserMessage("Hi")
		.build();

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@Test
	void saysWhoAnswers() {
		primary.always(Outcome.status(503));
		backup.always(Outcome.answer(Answer.text(ANSWER).withModel("dated\u00fcmodel")));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"), endpoint("backup"))) {
			RawResponse response = RawResponse.stream(gateway, "Hi");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
			assertThat(response.header("x-fallback-ai-endpoint")).isEqualTo("backup");
			assertThat(response.header("x-fallback-ai-model")).isEqualTo("dated?model");
			assertThat(response.header("x-fallback-ai-attempts")).isEqualTo("2");
			assertThat(response.lines().get(0))
				.isEqualTo(": fallback-ai switched from primary to backup after OVERLOADED");
			assertThat(response.lines().get(1)).contains("\"role\":\"assistant\",\"content\":\"Breakers");
			assertThat(response.lines()).endsWith("data: [DONE]");
			RawResponse unary = RawResponse.ask(gateway, "auto", "Hi");
			assertThat(unary.header("x-fallback-ai-endpoint")).isEqualTo("backup");
			assertThat(unary.header("x-fallback-ai-attempts")).isEqualTo("2");
			assertThat(unary.json().path("model").textValue()).isEqualTo("dated\u00fcmodel");
		}
	}

	@Test
	void namesTheWinnerOfARaceNotWhoJoinedLast() throws Exception {
		primary.always(Outcome.answer(ANSWER));
		primary.freeze();
		backup.always(Outcome.healthy().hangBeforeFirstToken());
		CallSettings hedged = CallSettings.builder().hedge(new HedgeSettings(Duration.ofMillis(50), 1)).build();
		try (GatewayServer gateway = GatewayServer.with(hedged, GatewaySettings.DEFAULTS, endpoint("primary"),
				endpoint("backup"))) {
			CompletableFuture<RawResponse> asked = CompletableFuture
				.supplyAsync(() -> RawResponse.stream(gateway, "Hi"));
			backup.awaitRequests(1, PATIENCE);
			primary.thaw();
			RawResponse response = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			assertThat(response.header("x-fallback-ai-endpoint")).isEqualTo("primary");
			assertThat(response.header("x-fallback-ai-attempts")).isEqualTo("2");
			assertThat(response.text()).isEqualTo(ANSWER);
		}
		assertThat(backup.requestCount()).isEqualTo(1);
	}

	@Test
	void goesOnElsewhereAndSaysSoInAComment() {
		primary.always(Outcome.answer(ANSWER).cutAfterTokens(4));
		backup.answers((request) -> ANSWER);
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"), endpoint("backup"))) {
			RawResponse response = RawResponse.stream(gateway, "Hi");
			assertThat(response.text()).isEqualTo(ANSWER);
			assertThat(response.lines()).contains(": fallback-ai switched from primary to backup after CONNECTION_LOST")
				.endsWith("data: [DONE]");
			assertThat(response.body()).contains("\"model\":\"model-primary\"", "\"model\":\"model-backup\"");
		}
	}

	@ParameterizedTest
	@EnumSource(value = StreamRecovery.class, names = { "FAIL", "RESTART" })
	void endsWithAnErrorWhenNothingMayBeAddedOrTakenBack(StreamRecovery mode) {
		primary.always(Outcome.answer(ANSWER).cutAfterTokens(4));
		CallSettings settings = CallSettings.builder().recovery(RecoverySettings.DEFAULTS.withMode(mode)).build();
		try (GatewayServer gateway = GatewayServer.with(settings, GatewaySettings.DEFAULTS, endpoint("primary"),
				endpoint("backup"))) {
			RawResponse response = RawResponse.stream(gateway, "Hi");
			assertThat(response.status()).isEqualTo(200);
			assertThat(ANSWER).startsWith(response.text());
			List<String> lines = response.lines();
			assertThat(lines.get(lines.size() - 1)).contains("\"error\"", "\"code\":\"stream_interrupted\"");
			assertThat(lines).doesNotContain("data: [DONE]").noneMatch((line) -> line.contains("\"stop\""));
			assertThatThrownBy(() -> {
				try (StreamResponse<ChatCompletionChunk> chunks = gateway.client()
					.chat()
					.completions()
					.createStreaming(QUESTION)) {
					chunks.stream().toList();
				}
			}).isInstanceOf(OpenAIException.class);
		}
		assertThat(backup.requestCount()).isZero();
	}

	@Test
	void startsAgainElsewhereAsLongAsNothingWasSent() {
		primary.always(Outcome.answer(ANSWER).cutAfterTokens(0));
		backup.always(Outcome.answer(ANSWER));
		CallSettings settings = CallSettings.builder()
			.recovery(RecoverySettings.DEFAULTS.withMode(StreamRecovery.RESTART))
			.build();
		try (GatewayServer gateway = GatewayServer.with(settings, GatewaySettings.DEFAULTS, endpoint("primary"),
				endpoint("backup"))) {
			assertThat(RawResponse.stream(gateway, "Hi").text()).isEqualTo(ANSWER);
		}
	}

	@Test
	void keepsAnIdleConnectionAliveAndTellsErrorsInTheStreamFromThenOn() {
		primary.always(Outcome.answer(ANSWER));
		GatewaySettings lively = new GatewaySettings("/v1", Set.of(), 10_000, Duration.ofMillis(100), false);
		try (GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, lively, endpoint("primary"))) {
			primary.freeze();
			LiveResponse response = LiveResponse.stream(gateway, "Hi");
			assertThat(response.next()).isEqualTo(StreamEncoder.HEARTBEAT.strip());
			assertThat(response.next()).isEqualTo(StreamEncoder.HEARTBEAT.strip());
			primary.thaw();
			assertThat(RawResponse.text(response.rest())).isEqualTo(ANSWER);
			primary.always(Outcome.status(500));
			primary.freeze();
			LiveResponse failed = LiveResponse.stream(gateway, "Hi");
			assertThat(failed.status()).isEqualTo(200);
			assertThat(failed.next()).isEqualTo(StreamEncoder.HEARTBEAT.strip());
			primary.thaw();
			List<String> rest = failed.rest();
			assertThat(rest.get(rest.size() - 1)).contains("\"code\":\"all_endpoints_failed\"");
		}
	}

	@Test
	void passesEachPieceOnAtOnce() throws Exception {
		primary.always(Outcome.answer(ANSWER).hangAfterTokens(1));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"));
				Socket socket = new Socket("127.0.0.1", gateway.port())) {
			socket.setSoTimeout((int) PATIENCE.toMillis());
			ask(socket, true);
			InputStream in = socket.getInputStream();
			StringBuilder received = new StringBuilder();
			while (received.indexOf("\"content\":\"Breakers\"}") < 0) {
				received.append((char) in.read());
			}
			assertThat(primary.requests().get(0).ending()).isEqualTo(Ending.OPEN);
		}
		assertThat(primary.requests().get(0).awaitEnding(LESS_THAN_ANY_LIMIT)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
	}

	@Test
	void endsTheProvidersCallWhenTheClientLeaves() {
		primary.always(Outcome.answer(ANSWER).hangAfterTokens(2));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			try (StreamResponse<ChatCompletionChunk> chunks = gateway.client()
				.chat()
				.completions()
				.createStreaming(QUESTION)) {
				assertThat(chunks.stream().findFirst()).isPresent();
				assertThat(primary.requests().get(0).ending()).isEqualTo(Ending.OPEN);
			}
			assertThat(primary.requests().get(0).awaitEnding(LESS_THAN_ANY_LIMIT))
				.isEqualTo(Ending.CANCELLED_BY_CLIENT);
			assertThat(gateway.template().status().endpoints().get(0).lastFailure()).isNull();
		}
	}

	@Test
	void endsTheProvidersCallWhenAClientLeavesThatWaitsForTheWholeAnswer() throws Exception {
		primary.always(Outcome.answer(ANSWER).hangBeforeHeaders());
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			RecordedRequest request;
			try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
				ask(socket, false);
				request = primary.awaitRequests(1, PATIENCE).get(0);
				assertThat(request.ending()).isEqualTo(Ending.OPEN);
			}
			assertThat(request.awaitEnding(LESS_THAN_ANY_LIMIT)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
		}
	}

	@Test
	void holdsTheProviderBackWhileTheClientTakesNothing() throws Exception {
		String word = "x".repeat(2000) + ' ';
		// More than the buffers of four sockets hold.
		int words = 12_000;
		Endpoint impatient = endpoint("primary").toBuilder()
			.limits(new AttemptLimits(PATIENCE, PATIENCE, IDLE, VERY_LONG, true))
			.build();
		primary.answers((request) -> word.repeat(words).strip());
		try (GatewayServer gateway = GatewayServer.before(impatient); Socket socket = new Socket()) {
			socket.setReceiveBufferSize(64 * 1024);
			socket.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
			socket.setSoTimeout((int) PATIENCE.toMillis());
			ask(socket, true);
			InputStream in = socket.getInputStream();
			assertThat(in.read()).isPositive();
			// The provider is not to blame.
			Awaitility.await()
				.during(LONGER_THAN_IDLE)
				.atMost(PATIENCE)
				.until(() -> primary.requests().get(0).ending() == Ending.OPEN);
			String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			assertThat(rest).contains("data: [DONE]");
			assertThat(rest.chars().filter((character) -> character == 'x').count())
				.isGreaterThanOrEqualTo(2000L * words);
		}
	}

	private static void ask(Socket socket, boolean stream) throws Exception {
		String body = "{\"model\":\"auto\",\"stream\":" + stream
				+ ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
		socket.getOutputStream()
			.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ "Content-Type: application/json\r\nAuthorization: Bearer " + GatewayServer.KEY
					+ "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
				.getBytes(StandardCharsets.UTF_8));
	}

	private static Endpoint endpoint(String name) {
		ProviderSimulatorExtension simulator = name.equals("primary") ? primary : backup;
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.header("Accept-Encoding", "identity")
			.limits(new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true))
			.build();
	}

}
