// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("slow")
class LoadTests {

	private static final int STREAMS = 100;

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@BeforeEach
	void withoutConnectionsOfOtherTests() {
		simulator.dropConnections();
	}

	@Test
	void servesAHundredStreamsAtOnce() {
		simulator.freeze();
		List<CompletableFuture<String>> texts = IntStream.range(0, STREAMS)
			.mapToObj((i) -> this.client.open(ChatClient.streamed("Question " + i)).thenApplyAsync(LoadTests::text))
			.toList();
		simulator.awaitRequests(STREAMS, Duration.ofMinutes(5));
		assertThat(simulator.openConnections()).isEqualTo(STREAMS);

		simulator.thaw();

		for (int i = 0; i < STREAMS; i++) {
			assertThat(texts.get(i).join()).isEqualTo(simulator.answerTo("Question " + i));
		}
		await().atMost(Duration.ofMinutes(5))
			.until(() -> simulator.requests().stream().allMatch((each) -> each.ending() == Ending.COMPLETED));
	}

	@Test
	void cutsAHundredStreamsAtOnce() {
		simulator.always(Outcome.healthy().hangAfterTokens(3));
		List<CompletableFuture<HttpResponse<Stream<String>>>> responses = IntStream.range(0, STREAMS)
			.mapToObj((i) -> this.client.open(ChatClient.streamed("Question " + i)))
			.toList();
		responses.forEach(CompletableFuture::join);
		assertThat(simulator.requests()).hasSize(STREAMS).allMatch((each) -> each.ending() == Ending.OPEN);

		simulator.dropConnections();

		assertThat(simulator.requests()).allMatch((each) -> each.awaitEnding(Duration.ofSeconds(30)) == Ending.CUT);
		assertThat(simulator.openConnections()).isZero();
	}

	private static String text(HttpResponse<Stream<String>> response) {
		return ChatClient.text(ChatClient.events(String.join("\n", response.body().toList())));
	}

}
