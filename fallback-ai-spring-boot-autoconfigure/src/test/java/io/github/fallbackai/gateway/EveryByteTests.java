// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.RecoverySettings;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Ending;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The primary is cut after every byte of its response while OpenAI's SDK reads the answer
 * through the gateway.
 */
@Tag("slow")
class EveryByteTests {

	private static final Duration PATIENCE = Duration.ofMinutes(15);

	private static final String ANSWER = "The next one answers!";

	private static final String FAILED = "failed";

	private static final int READERS = 16;

	@RegisterExtension
	static final ProviderSimulatorExtension cut = ProviderSimulatorExtension.forEndpoint("cut");

	@RegisterExtension
	static final ProviderSimulatorExtension healthy = ProviderSimulatorExtension.forEndpoint("healthy");

	@Test
	void readsOneSeamlessAnswerWhereverThePrimaryDies() {
		Map<Integer, String> wrong = new ConcurrentHashMap<>();
		int length = readAfterEveryCut(StreamRecovery.RESUME, (position, answer) -> {
			if (!answer.equals(ANSWER)) {
				wrong.put(position, answer);
			}
		});
		assertThat(wrong).as("positions of %d after which the answer was another", length).isEmpty();
	}

	@Test
	void neverSeesANormalEndOfHalfAnAnswerWhenNothingIsResumed() {
		Set<Integer> wrong = ConcurrentHashMap.newKeySet();
		Set<Integer> failed = ConcurrentHashMap.newKeySet();
		int length = readAfterEveryCut(StreamRecovery.FAIL, (position, answer) -> {
			if (answer.startsWith(FAILED)) {
				failed.add(position);
			}
			else if (!answer.equals(ANSWER)) {
				wrong.add(position);
			}
		});
		assertThat(wrong).as("positions of %d after which half an answer ended normally", length).isEmpty();
		assertThat(failed).isNotEmpty();
	}

	private interface Reading {

		void read(int position, String answer);

	}

	private static int readAfterEveryCut(StreamRecovery recovery, Reading reading) {
		cut.answers((request) -> ANSWER);
		healthy.answers((request) -> ANSWER);
		cut.script((request) -> Outcome.healthy().cutAfterBytes(position(request)));
		CallSettings settings = CallSettings.builder().recovery(RecoverySettings.DEFAULTS.withMode(recovery)).build();
		try (GatewayServer gateway = GatewayServer.withoutBreakers(settings, endpoint(cut, "cut"),
				endpoint(healthy, "healthy"))) {
			OpenAIClient client = gateway.client();
			int length = lengthOfResponse(client);
			Flux.fromStream(IntStream.range(0, length).boxed())
				.flatMap((position) -> Mono.fromRunnable(() -> reading.read(position, talk(client, position)))
					.subscribeOn(Schedulers.boundedElastic()), READERS)
				.blockLast(PATIENCE);
			return length;
		}
	}

	private static String talk(OpenAIClient client, int position) {
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		try (StreamResponse<ChatCompletionChunk> chunks = client.chat()
			.completions()
			.createStreaming(ChatCompletionCreateParams.builder()
				.model("auto")
				.addUserMessage("%06d".formatted(position))
				.build())) {
			chunks.stream().forEach((chunk) -> accumulator.accumulate(chunk.validate()));
		}
		catch (OpenAIException ex) {
			return FAILED + ": " + ex.getMessage();
		}
		ChatCompletion.Choice choice = accumulator.chatCompletion().choices().get(0);
		assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
		return choice.message().content().orElse("");
	}

	/** The number of bytes after which a cut comes too late. */
	private static int lengthOfResponse(OpenAIClient client) {
		int low = 0;
		int high = 100_000;
		while (low < high) {
			int middle = (low + high) / 2;
			cut.clear();
			talk(client, middle);
			// A client that has all that matters may leave before the very last byte.
			if (cut.requests().get(0).awaitEnding(PATIENCE) != Ending.CUT) {
				high = middle;
			}
			else {
				low = middle + 1;
			}
		}
		return low;
	}

	private static int position(RecordedRequest request) {
		return Integer.parseInt(request.lastUserMessage().strip());
	}

	private static Endpoint endpoint(ProviderSimulatorExtension simulator, String name) {
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.limits(Patience.LIMITS)
			.build();
	}

}
