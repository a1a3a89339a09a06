// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.netty.ChannelBindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

@Tag("slow")
class ConnectionTests {

	private static final Duration PROMPTLY = Duration.ofSeconds(30);

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	/**
	 * Of the test and not of a method: who is collected as garbage closes its
	 * connections.
	 */
	private final ChatClient chat = new ChatClient(simulator);

	@BeforeEach
	void withoutConnectionsOfOtherTests() {
		simulator.dropConnections();
	}

	@RepeatedTest(5)
	void refusesConnectionsAndOpensTheSamePortAgain() throws IOException {
		int port = simulator.port();
		simulator.next(Outcome.healthy().hangAfterTokens(1));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("\"You\"");

			simulator.refuseConnections();

			client.readAll();
			assertThat(simulator.requests().get(0).awaitEnding(PROMPTLY)).isEqualTo(Ending.CUT);
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawClient(simulator).close());
		assertThat(simulator.openConnections()).isZero();
		simulator.refuseConnections();

		simulator.acceptConnections();
		simulator.acceptConnections();

		assertThat(simulator.port()).isEqualTo(port);
		assertThat(this.chat.ask("Hi").statusCode()).isEqualTo(200);
	}

	@RepeatedTest(20)
	void refusesAConnectionThatWasJustOpened() throws IOException {
		try (RawClient client = new RawClient(simulator)) {
			simulator.refuseConnections();

			assertThat(client.readAll().bytes()).isZero();
		}
	}

	@Test
	void dropsConnections() throws IOException {
		simulator.next(Outcome.healthy().hangBeforeHeaders());
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			RecordedRequest request = simulator.awaitRequests(1, PROMPTLY).get(0);

			simulator.dropConnections();

			assertThat(client.readAll().bytes()).isZero();
			assertThat(request.awaitEnding(PROMPTLY)).isEqualTo(Ending.CUT);
			assertThat(this.chat.ask("Hi").statusCode()).isEqualTo(200);
		}
	}

	@RepeatedTest(20)
	void keepsIdleConnectionsOverAReset() {
		this.chat.ask("one");

		simulator.reset();

		this.chat.send(ChatClient.streamed("two"));
		assertThat(simulator.openConnections()).isEqualTo(1);
		simulator.reset();
		assertThat(simulator.openConnections()).isEqualTo(1);
	}

	@Test
	void letsAResponseEndBeforeAReset() {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch late = new CountDownLatch(1);
		simulator.script((request) -> {
			asked.countDown();
			await().atMost(PROMPTLY).until(() -> late.getCount() == 0);
			return Outcome.healthy();
		});
		CompletableFuture<HttpResponse<Stream<String>>> response = this.chat.open(ChatClient.streamed("Hi"));
		await().atMost(PROMPTLY).until(() -> asked.getCount() == 0);

		CompletableFuture<Void> reset = CompletableFuture.runAsync(simulator::reset);
		await().during(Duration.ofMillis(200)).atMost(PROMPTLY).until(() -> !reset.isDone());
		late.countDown();

		assertThat(response.join().body()).endsWith("data: [DONE]", "");
		reset.join();
		assertThat(simulator.openConnections()).isEqualTo(1);
	}

	@RepeatedTest(20)
	void forgetsByAResetWhatWasJustSent() throws IOException {
		try (RawClient client = new RawClient(simulator).post(ChatClient.question("Hi"))) {
			simulator.reset();
			simulator.next(Outcome.status(500));

			assertThat(client.readUntil("\r\n")).isEqualTo("HTTP/1.1 200 OK\r\n");
			assertThat(this.chat.ask("Hi").statusCode()).isEqualTo(500);
			assertThat(simulator.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void cutsAnAnswerThatWaitsByAReset() throws IOException {
		simulator.next(Outcome.healthy().tokensEvery(Duration.ofHours(1)));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("\"You\"");

			simulator.reset();

			client.readAll();
			assertThat(simulator.openConnections()).isZero();
		}
	}

	@Test
	void cutsAnAnswerThatNobodyReadsByAReset() throws IOException {
		// More than the kernel keeps for a connection at most.
		simulator.answers((request) -> "word".repeat(4_000_000));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("word");
			RecordedRequest request = simulator.requests().get(0);

			simulator.reset();

			assertThat(request.awaitEnding(PROMPTLY)).isEqualTo(Ending.CUT);
			assertThat(simulator.openConnections()).isZero();
		}
	}

	@Test
	void cutsHangingRequestsByAReset() throws IOException {
		simulator.next(Outcome.healthy().hangAfterTokens(2));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("\"You\"");
			RecordedRequest request = simulator.requests().get(0);

			simulator.reset();

			assertThat(request.awaitEnding(PROMPTLY)).isEqualTo(Ending.CUT);
			assertThat(simulator.openConnections()).isZero();
			client.readAll();
		}
	}

	@Test
	void countsOpenConnections() throws IOException {
		try (RawClient one = new RawClient(simulator); RawClient two = new RawClient(simulator)) {
			await().atMost(PROMPTLY).until(() -> simulator.openConnections() == 2);
			one.disconnect();
			await().atMost(PROMPTLY).until(() -> simulator.openConnections() == 1);
			assertThat(two.available()).isZero();
		}
		await().atMost(PROMPTLY).until(() -> simulator.openConnections() == 0);
	}

	@Test
	void keepsConnectionsAlive() {
		this.chat.ask("one");
		this.chat.send(ChatClient.streamed("two"));
		simulator.next(Outcome.status(500));
		this.chat.ask("three");

		assertThat(simulator.openConnections()).isEqualTo(1);
	}

	@Test
	void closesEverythingAndCanBeStartedAgain() throws IOException {
		ProviderSimulator other = ProviderSimulator.create();
		other.always(Outcome.healthy().hangBeforeHeaders());
		try (RawClient client = new RawClient(other).post(ChatClient.streamed("Hi"))) {
			other.awaitRequests(1, PROMPTLY);

			other.close();
			other.close();

			assertThat(client.readAll().bytes()).isZero();
			assertThat(other.requests().get(0).awaitEnding(PROMPTLY)).isEqualTo(Ending.CUT);
			assertThat(other.openConnections()).isZero();
		}
		other.start();
		other.reset();
		assertThat(new ChatClient(other).ask("Hi").statusCode()).isEqualTo(200);
		other.close();
	}

	@Test
	void listensOnTheChosenPort() {
		int port = freePort();
		try (ProviderSimulator chosen = ProviderSimulator.create(SimulatorOptions.defaults().withPort(port))) {
			assertThat(chosen.start().url()).isEqualTo("http://127.0.0.1:" + port + "/v1");
			assertThat(new ChatClient(chosen).ask("Hi").statusCode()).isEqualTo(200);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatorOptions.defaults().withPort(70_000))
			.withMessage("port: 70000 (expected: 0..65535)");
	}

	@Test
	void saysThatItsPortIsTaken() {
		ProviderSimulator late = ProviderSimulator.create(SimulatorOptions.defaults().withPort(simulator.port()));

		assertThatExceptionOfType(ChannelBindException.class).isThrownBy(late::start);
	}

	@Test
	void namesThePropertyOfItsEndpoint() {
		assertThat(simulator.properties()).containsExactly("fallback.ai.overrides.primary.url=" + simulator.url(),
				"fallback.ai.overrides.primary.api-key=simulated");
		assertThatIllegalStateException().isThrownBy(() -> ProviderSimulator.create().properties())
			.withMessage("endpoint: none (expected: ProviderSimulator.forEndpoint(name))");
	}

	private static int freePort() {
		try (ProviderSimulator occupant = ProviderSimulator.create()) {
			return occupant.port();
		}
	}

}
