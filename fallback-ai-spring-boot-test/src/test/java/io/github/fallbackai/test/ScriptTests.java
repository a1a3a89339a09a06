// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.fallbackai.test.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	private final ChatClient client = new ChatClient(simulator);

	@Test
	void playsTheQueueThenTheDefault() {
		simulator.always(Outcome.status(503));
		simulator.next(Outcome.status(500), Outcome.healthy());
		simulator.next(Outcome.status(429));

		assertThat(List.of(status("1"), status("2"), status("3"), status("4"), status("5"))).containsExactly(500, 200,
				429, 503, 503);
	}

	@Test
	void decidesByTheRequest() {
		simulator
			.script((request) -> request.lastUserMessage().contains("fail") ? Outcome.status(500) : Outcome.healthy());

		assertThat(status("please fail")).isEqualTo(500);
		assertThat(status("please work")).isEqualTo(200);
	}

	@Test
	void changesItsMindWhileRunning() {
		AtomicBoolean healthy = new AtomicBoolean();
		simulator.script((request) -> healthy.get() ? Outcome.healthy() : Outcome.status(500));
		assertThat(status("Hi")).isEqualTo(500);

		healthy.set(true);
		assertThat(status("Hi")).isEqualTo(200);

		simulator.always(Outcome.status(503));
		assertThat(status("Hi")).isEqualTo(503);
	}

	@Test
	void answersWithStatus500WhenTheScriptThrows() {
		simulator.script((request) -> {
			throw new IllegalStateException("expected by the test");
		});

		assertThat(status("Hi")).isEqualTo(500);
		simulator.always(Outcome.healthy());
		assertThat(status("Hi")).isEqualTo(200);
	}

	@Test
	void answersWithStatus500WhenAnAssertionInItFails() {
		simulator.answers((request) -> {
			throw new AssertionError("expected by the test");
		});

		assertThat(status("Hi")).isEqualTo(500);
		assertThat(simulator.requests().get(0).awaitEnding(Duration.ofSeconds(30))).isEqualTo(Ending.COMPLETED);
	}

	@Test
	void saysWhatTheTestWants() {
		simulator.answers((request) -> "You said: " + request.lastUserMessage());

		assertThat(text(this.client.ask("Hi"))).isEqualTo("You said: Hi");
	}

	@Test
	void isHealthyAgainAfterAReset() {
		simulator.next(Outcome.status(500));
		simulator.always(Outcome.status(503));
		simulator.answers((request) -> "custom");
		simulator.freeze();

		simulator.reset();

		assertThat(text(this.client.ask("Hi"))).isEqualTo(simulator.answerTo("Hi"));
		assertThat(simulator.requestCount()).isEqualTo(1);
	}

	private int status(String text) {
		return this.client.ask(text).statusCode();
	}

	private static String text(HttpResponse<String> response) {
		return Json.read(response.body()).at("/choices/0/message/content").asText();
	}

}
