// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HangTests {

	private static final Duration PROMPTLY = Duration.ofSeconds(30);

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	@Test
	void sendsNothingAtAll() throws IOException {
		simulator.next(Outcome.healthy().hangBeforeHeaders());
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			RecordedRequest request = simulator.awaitRequests(1, PROMPTLY).get(0);

			assertThat(request.ending()).isEqualTo(Ending.OPEN);
			assertThat(client.available()).isZero();
			client.disconnect();
			assertThat(request.awaitEnding(PROMPTLY)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
		}
	}

	@Test
	void sendsOnlyHeaders() throws IOException {
		simulator.next(Outcome.healthy().hangAfterHeaders());

		assertThat(readAndGiveUp("\r\n\r\n")).startsWith("HTTP/1.1 200 OK").doesNotContain("data:");
	}

	@Test
	void sendsOnlyTheRole() throws IOException {
		simulator.next(Outcome.healthy().hangBeforeFirstToken());

		String received = readAndGiveUp("\n\n");

		assertThat(received).contains("\"role\":\"assistant\"");
		assertThat(ChatClient.text(ChatClient.events(received))).isEmpty();
	}

	@Test
	void stopsAfterSomeTokens() throws IOException {
		simulator.next(Outcome.answer("one two three four").hangAfterTokens(2));

		String received = readAndGiveUp("\" two\"");

		assertThat(received).contains("\"one\"").doesNotContain("three");
	}

	@Test
	void doesNotEndACompleteStream() throws IOException {
		simulator.next(Outcome.answer("all of it").hangAtEnd());

		assertThat(readAndGiveUp("[DONE]\n\n")).contains("\"finish_reason\":\"stop\"");
	}

	@Test
	void pingsForEver() throws IOException {
		simulator.next(Outcome.healthy().pingForever(Duration.ofMillis(5)));

		assertThat(readAndGiveUp(": ping\n\n\r\n8\r\n: ping\n\n\r\n8\r\n: ping\n\n")).doesNotContain("data:");
	}

	@Test
	void keepsADocumentAliveWithEmptyLines() throws IOException {
		simulator.next(Outcome.healthy().pingForever(Duration.ofMillis(5)));
		try (RawClient client = new RawClient(simulator).post(ChatClient.question("Hi"))) {
			assertThat(client.readUntil("1\r\n\n\r\n1\r\n\n\r\n")).contains("application/json");
		}
	}

	@Test
	void hangsBeforeTheHeadersOfADocumentThatIsNotGenerated() throws IOException {
		simulator.next(Outcome.healthy().hangAfterTokens(3));
		try (RawClient client = new RawClient(simulator).post(ChatClient.question("Hi"))) {
			RecordedRequest request = simulator.awaitRequests(1, PROMPTLY).get(0);

			assertThat(request.ending()).isEqualTo(Ending.OPEN);
			assertThat(client.available()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3 })
	void noticesThatTheClientLeft(int tokens) throws IOException {
		simulator.next(Outcome.healthy().hangAfterTokens(tokens));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("data:");
			RecordedRequest request = simulator.requests().get(0);

			client.disconnect();

			assertThat(request.awaitEnding(PROMPTLY)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
		}
	}

	/**
	 * Reads until the text comes, makes sure that nothing follows that would end the
	 * response, and leaves.
	 */
	private String readAndGiveUp(String last) throws IOException {
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			String received = client.readUntil(last);
			RecordedRequest request = simulator.requests().get(0);
			assertThat(request.ending()).isEqualTo(Ending.OPEN);
			client.disconnect();
			assertThat(request.awaitEnding(PROMPTLY)).isEqualTo(Ending.CANCELLED_BY_CLIENT);
			return received;
		}
	}

}
