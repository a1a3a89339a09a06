// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.github.fallbackai.test.assertj.SimulatorAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.github.fallbackai.test.assertj.SimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SimulatorAssertTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final String BODY = """
			{"model":"large","messages":[{"role":"user","content":"A secret?"}]}""";

	private final ProviderSimulator provider = ProviderSimulator.forEndpoint("primary");

	@AfterEach
	void stop() {
		this.provider.close();
	}

	@Test
	void whatItSawIsAsserted() throws Exception {
		ask();
		ask();
		assertThat(this.provider).wasAsked()
			.wasAsked(2)
			.wasAskedFor("large")
			.saw("A secret?")
			.sawHeader("authorization", "Bearer sk-mine")
			.lastEnds(Ending.COMPLETED, LIMIT)
			.askedRequests()
			.extracting(RecordedRequest::index)
			.containsExactly(0, 1);
	}

	@Test
	void whatItDidNotSeeFails() throws Exception {
		assertThat(this.provider).wasNotAsked();
		fails(assertThat(this.provider)::wasAsked, "endpoint primary was not asked");
		fails(() -> assertThat(this.provider).wasAskedFor("large"), "endpoint primary was not asked");
		ask();
		SimulatorAssert asked = assertThat(this.provider);
		fails(asked::wasNotAsked, "endpoint primary was asked 1 times, not 0: [request 0 (POST");
		fails(() -> asked.wasAsked(2), "not 2");
		fails(() -> asked.wasAskedFor("small"), "for the model <large>, not <small>");
		fails(() -> asked.saw("Another?"), "did not see that question");
		fails(() -> asked.sawHeader("authorization", "Bearer sk-other"), "saw no header authorization");
		fails(() -> asked.lastEnds(Ending.CUT, LIMIT), "ended COMPLETED, not CUT");
	}

	/** Without the content of requests. */
	private static void fails(ThrowingCallable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
			.withMessageContaining(message)
			.satisfies((error) -> assertThat(error.getMessage()).doesNotContain("secret", "sk-mine"));
	}

	private void ask() throws Exception {
		HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(this.provider.url() + "/chat/completions"))
				.header("Authorization", "Bearer sk-mine")
				.POST(BodyPublishers.ofString(BODY))
				.build(), BodyHandlers.ofString());
	}

}
