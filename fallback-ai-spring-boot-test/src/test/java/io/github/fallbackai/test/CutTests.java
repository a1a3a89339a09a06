// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.fallbackai.test.RawClient.Received;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class CutTests {

	private static final Duration PROMPTLY = Duration.ofSeconds(30);

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	/**
	 * Of the test and not of a method: who is collected as garbage closes its
	 * connections.
	 */
	private final ChatClient chat = new ChatClient(simulator);

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closesWithoutAResponse(boolean reset) throws IOException {
		simulator.next(cut(Outcome.healthy().cutBeforeHeaders(), reset));

		assertThat(receive(ChatClient.streamed("Hi"))).isEqualTo(new Received("", 0, reset));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void closesAfterSomeTokens(boolean reset) throws IOException {
		simulator.next(cut(Outcome.answer("one two three four").cutAfterTokens(2), reset));

		Received received = receive(ChatClient.streamed("Hi"));

		assertThat(received.text()).contains("\"one\"").contains("\" two\"").doesNotContain("three");
		assertThat(received.text()).doesNotEndWith("0\r\n\r\n");
		assertThat(received.reset()).isEqualTo(reset);
	}

	@Test
	void closesAfterEverythingButTheEndOfTheResponse() throws IOException {
		simulator.next(Outcome.answer("all of it").cutAtEnd());

		assertThat(receive(ChatClient.streamed("Hi")).text()).endsWith("data: [DONE]\n\n\r\n");
	}

	@Test
	void closesBeforeTheHeadersOfADocumentThatIsNotGenerated() throws IOException {
		simulator.next(Outcome.healthy().cutAfterTokens(2));

		assertThat(receive(ChatClient.question("Hi")).bytes()).isZero();
	}

	@Test
	void closesAfterEveryPossibleNumberOfBytesOfADocument() throws IOException {
		closesAfterEveryPossibleNumberOfBytes(ChatClient.question("Hi"), 1);
	}

	@Test
	void closesAfterEveryPossibleNumberOfBytesOfAStream() throws IOException {
		closesAfterEveryPossibleNumberOfBytes(ChatClient.streamed("Hi"), 7);
	}

	@Test
	void resetsAfterAnExactNumberOfBytes() throws IOException {
		simulator.next(Outcome.healthy().cutAfterBytes(100).byReset());

		assertThat(receive(ChatClient.streamed("Hi"))).returns(100, Received::bytes).returns(true, Received::reset);
	}

	@Test
	void doesNotCutAShorterResponse() {
		simulator.dropConnections();
		simulator.next(Outcome.healthy().cutAfterBytes(1_000_000));

		assertThat(this.chat.ask("Hi").statusCode()).isEqualTo(200);
		assertThat(this.chat.ask("Hi again").statusCode()).isEqualTo(200);
		assertThat(simulator.openConnections()).isEqualTo(1);
	}

	@Test
	void closesAfterTheResponseWithoutHavingAnnouncedIt() throws IOException {
		simulator.always(Outcome.answer("Hello").closeAfterwards());
		try (RawClient client = new RawClient(simulator).post(ChatClient.question("Hi"))) {
			Received received = client.readAll();

			assertThat(received.text()).contains("\"Hello\"").doesNotContainIgnoringCase("connection: close");
			assertThat(received.reset()).isFalse();
		}
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			assertThat(client.readAll().text()).endsWith("0\r\n\r\n");
		}
		assertThat(simulator.requests()).hasSize(2)
			.allMatch((request) -> request.awaitEnding(PROMPTLY) == Ending.COMPLETED);
	}

	private static void closesAfterEveryPossibleNumberOfBytes(JsonNode question, int step) throws IOException {
		int length;
		String whole;
		simulator.next(Outcome.answer("Größe: ja").closeAfterwards());
		try (RawClient client = new RawClient(simulator).post(question)) {
			Received received = client.readAll();
			length = received.bytes();
			whole = received.text();
		}
		for (int bytes = 0; bytes < length; bytes += step) {
			simulator.reset();
			simulator.next(Outcome.answer("Größe: ja").cutAfterBytes(bytes));
			Received received = receive(question);
			assertThat(received.bytes()).isEqualTo(bytes);
			assertThat(whole).startsWith(received.text().replace("\uFFFD", ""));
		}
	}

	private static Outcome cut(Outcome outcome, boolean reset) {
		return reset ? outcome.byReset() : outcome;
	}

	private static Received receive(JsonNode question) throws IOException {
		try (RawClient client = new RawClient(simulator).post(question)) {
			Received received = client.readAll();
			assertThat(simulator.awaitRequests(1, PROMPTLY).get(0).awaitEnding(PROMPTLY)).isEqualTo(Ending.CUT);
			return received;
		}
	}

}
