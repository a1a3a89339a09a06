// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("slow")
class PaceTests {

	private static final Duration DELAY = Duration.ofMillis(120);

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	@Test
	void waitsBeforeTheHeaders() throws IOException {
		simulator.next(Outcome.healthy().headersAfter(DELAY));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("HTTP/1.1");

			assertThat(sinceArrival()).isGreaterThanOrEqualTo(120);
		}
	}

	@Test
	void waitsBeforeTheFirstToken() throws IOException {
		simulator.next(Outcome.answer("one two").firstTokenAfter(DELAY));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("\" two\"");

			assertThat(sinceArrival()).isGreaterThanOrEqualTo(120);
		}
	}

	@Test
	void sendsTheRoleWithoutWaiting() throws IOException {
		simulator.next(Outcome.healthy().firstTokenAfter(Duration.ofHours(1)));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			assertThat(client.readUntil("\"role\"")).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void waitsBetweenTokens() throws IOException {
		simulator.next(Outcome.answer("one two three").tokensEvery(DELAY));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("\" three\"");

			assertThat(sinceArrival()).isGreaterThanOrEqualTo(240);
		}
	}

	@Test
	void sendsTheFirstTokenWithoutWaiting() throws IOException {
		simulator.next(Outcome.answer("one two three").tokensEvery(Duration.ofHours(1)));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			assertThat(client.readUntil("\"one\"")).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void sendsADocumentWhenItsLastTokenIsGenerated() throws IOException {
		simulator.next(Outcome.answer("one two three").firstTokenAfter(DELAY).tokensEvery(Duration.ofMillis(40)));
		try (RawClient client = new RawClient(simulator).post(ChatClient.question("Hi"))) {
			client.readUntil("HTTP/1.1");

			assertThat(sinceArrival()).isGreaterThanOrEqualTo(200);
		}
	}

	@Test
	void freezesAndThawsWhileStreaming() throws IOException {
		// Long enough not to end before it is frozen.
		simulator.next(Outcome.answer("word ".repeat(400)).tokensEvery(Duration.ofMillis(10)));
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("\"content\":\"word\"");
			simulator.freeze();
			await().pollDelay(Duration.ofMillis(100))
				.untilAsserted(() -> assertThat(simulator.requests().get(0).ending()).isEqualTo(Ending.OPEN));
			await().during(Duration.ofMillis(100))
				.atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(client.skipAvailable()).isZero());

			simulator.thaw();

			assertThat(client.readUntil("[DONE]")).contains("\"finish_reason\":\"stop\"");
		}
	}

	private static long sinceArrival() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - simulator.requests().get(0).arrivedAtNanos());
	}

}
