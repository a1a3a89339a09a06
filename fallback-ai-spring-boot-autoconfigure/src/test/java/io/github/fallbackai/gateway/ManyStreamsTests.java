// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two hundred clients read at the same time while the primary dies.
 */
@Tag("slow")
class ManyStreamsTests {

	private static final int STREAMS = 200;

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@Test
	void everyClientGetsItsOwnAnswer() throws Exception {
		primary.answers(ManyStreamsTests::answer);
		backup.answers(ManyStreamsTests::answer);
		primary.always(Outcome.healthy().hangAfterTokens(9));
		AtomicInteger begun = new AtomicInteger();
		ExecutorService readers = Executors.newFixedThreadPool(STREAMS);
		CallSettings patient = CallSettings.builder().deadline(PATIENCE).build();
		try (GatewayServer gateway = GatewayServer.withoutBreakers(patient, endpoint(primary, "primary"),
				endpoint(backup, "backup"))) {
			OpenAIClient client = gateway.client();
			List<CompletableFuture<String>> answers = IntStream.range(0, STREAMS)
				.mapToObj(
						(number) -> CompletableFuture.supplyAsync(() -> read(client, question(number), begun), readers))
				.toList();
			Awaitility.await().atMost(PATIENCE).until(() -> begun.get() == STREAMS);
			assertThat(primary.requests()).hasSize(STREAMS)
				.extracting(RecordedRequest::ending)
				.containsOnly(Ending.OPEN);
			primary.dropConnections();
			for (int number = 0; number < STREAMS; number++) {
				assertThat(answers.get(number).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
					.isEqualTo(answer(question(number)));
			}
		}
		finally {
			readers.shutdownNow();
		}
		// A connection that is closed after the last event was not needed any more.
		assertThat(backup.requests()).hasSize(STREAMS)
			.allSatisfy((request) -> assertThat(request.awaitEnding(PATIENCE)).isNotEqualTo(Ending.CUT));
	}

	private static String read(OpenAIClient client, String question, AtomicInteger begun) {
		StringBuilder text = new StringBuilder();
		try (StreamResponse<ChatCompletionChunk> chunks = client.chat()
			.completions()
			.createStreaming(ChatCompletionCreateParams.builder().model("auto").addUserMessage(question).build())) {
			chunks.stream().forEach((chunk) -> {
				if (text.isEmpty()) {
					begun.incrementAndGet();
				}
				text.append(chunk.choices().get(0).delta().content().orElse(""));
			});
		}
		return text.toString();
	}

	private static String question(int number) {
		return "marker-%04d".formatted(number);
	}

	private static String answer(RecordedRequest request) {
		String body = request.body().toString();
		int marker = body.indexOf("marker-");
		return answer(body.substring(marker, marker + "marker-0000".length()));
	}

	private static String answer(String marker) {
		return "This answer belongs to %s. It was asked for by %s alone. Nobody else but %s reads it to its end, at %s."
			.formatted(marker, marker, marker, marker);
	}

	private static Endpoint endpoint(ProviderSimulatorExtension simulator, String name) {
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.limits(new AttemptLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, true))
			.build();
	}

}
