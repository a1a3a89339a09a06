// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecordingTests {

	private static final Duration PROMPTLY = Duration.ofSeconds(30);

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void recordsWhatArrived() {
		long before = System.nanoTime();
		this.client.send(this.client.post("/chat/completions?trace=1", ChatClient.streamed("A question").toString()));

		RecordedRequest request = simulator.requests().get(0);

		assertThat(request.index()).isZero();
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).isEqualTo("/v1/chat/completions");
		assertThat(request.uri()).isEqualTo("/v1/chat/completions?trace=1");
		assertThat(request.header("AUTHORIZATION")).isEqualTo("Bearer test-key");
		assertThat(request.headers()).containsKey("Content-Type");
		assertThat(request.header("x-missing")).isNull();
		assertThat(request.body().path("stream").asBoolean()).isTrue();
		assertThat(request.model()).isEqualTo("gpt-4o");
		assertThat(request.isStream()).isTrue();
		assertThat(request.lastUserMessage()).isEqualTo("A question");
		assertThat(request.arrivedAtNanos()).isBetween(before, System.nanoTime());
		assertThat(request.awaitEnding(PROMPTLY)).isEqualTo(Ending.COMPLETED);
	}

	@RepeatedTest(10)
	void noticesThatTheClientLeftInTheMiddleOfAStream() throws IOException {
		simulator.answers((request) -> "word ".repeat(20_000));
		try (RawClient raw = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			raw.readUntil("word");
			raw.disconnect();
		}

		assertThat(simulator.requests().get(0).awaitEnding(PROMPTLY)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
	}

	@Test
	void cutsTheConnectionWhenAHeaderCannotBeSent() {
		simulator.next(Outcome.healthy().withHeader("bad name", "value"));

		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.client.ask("Hi"));

		assertThat(simulator.requests().get(0).awaitEnding(PROMPTLY)).isEqualTo(Ending.CUT);
	}

	@Test
	void keepsKeysAndPromptsOutOfItsDescription() {
		this.client.ask("my secret");

		assertThat(simulator.requests().get(0).toString()).contains("POST /v1/chat/completions")
			.doesNotContain("secret", "test-key");
		assertThat(simulator.requests().get(0).prompt().toString()).doesNotContain("secret");
	}

	@Test
	void forgetsOnlyWhatIsTooMuch() {
		try (ProviderSimulator small = ProviderSimulator.create(SimulatorOptions.defaults().withRecordedRequests(2))) {
			ChatClient smallClient = new ChatClient(small);
			List.of("one", "two", "three").forEach(smallClient::ask);

			assertThat(small.requests()).extracting(RecordedRequest::lastUserMessage).containsExactly("two", "three");
			assertThat(small.requests()).extracting(RecordedRequest::index).containsExactly(1, 2);
			assertThat(small.requestCount()).isEqualTo(3);
		}
	}

	@Test
	void countsFromTheLastClear() {
		this.client.ask("one");
		simulator.clear();
		assertThat(simulator.requests()).isEmpty();

		this.client.ask("two");

		assertThat(simulator.requestCount()).isEqualTo(1);
		assertThat(simulator.requests().get(0).index()).isZero();
	}

	@Test
	void saysWhichRequestsDidNotComeOrEnd() throws IOException {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> simulator.awaitRequests(1, Duration.ofMillis(10)))
			.withMessage("requests: 0 after PT0.01S (expected: >= 1)");
		simulator.next(Outcome.healthy().hangBeforeHeaders());
		try (RawClient hanging = new RawClient(simulator).post(ChatClient.question("Hi"))) {
			RecordedRequest request = simulator.awaitRequests(1, PROMPTLY).get(0);

			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> request.awaitEnding(Duration.ofMillis(10)))
				.withMessage("request 0 (POST /v1/chat/completions, OPEN) is still open after PT0.01S");
			assertThat(hanging.available()).isZero();
		}
	}

	@Test
	void refusesToRememberNothing() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> SimulatorOptions.defaults().withRecordedRequests(0))
			.withMessage("recordedRequests: 0 (expected: >= 1)");
	}

}
